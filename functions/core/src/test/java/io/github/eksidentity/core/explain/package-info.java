/** Tests of the way from a pod to its role. */
@NullMarked
package io.github.eksidentity.core.explain;

import org.jspecify.annotations.NullMarked;
