/// Messages about what changed: mail, chat, and the form for programs.
@NullMarked
package io.github.eksidentity.report.alert;

import org.jspecify.annotations.NullMarked;
