@NullMarked
package io.github.eksidentity.report.json;

import org.jspecify.annotations.NullMarked;
