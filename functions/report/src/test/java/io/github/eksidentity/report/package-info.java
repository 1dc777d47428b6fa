/// Checks what people and programs get to see.
@NullMarked
package io.github.eksidentity.report;

import org.jspecify.annotations.NullMarked;
