@NullMarked
package io.github.eksidentity.report.page;

import org.jspecify.annotations.NullMarked;
