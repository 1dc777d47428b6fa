/** Why one service account gets its role, or does not: the whole path, step by step. */
@NullMarked
package io.github.eksidentity.core.explain;

import org.jspecify.annotations.NullMarked;
