/** A JSON tree that knows where each element stands in its source text. */
@NullMarked
package io.github.eksidentity.core.json;

import org.jspecify.annotations.NullMarked;
