@NullMarked
package io.github.eksidentity.report.text;

import org.jspecify.annotations.NullMarked;
