@NullMarked
package io.github.eksidentity.report.fix;

import org.jspecify.annotations.NullMarked;
