@NullMarked
package io.github.eksidentity.report.alert;

import org.jspecify.annotations.NullMarked;
