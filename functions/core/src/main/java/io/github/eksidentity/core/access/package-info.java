/** Who can become what: comparisons of trust policies, and the edges from pods to roles. */
@NullMarked
package io.github.eksidentity.core.access;

import org.jspecify.annotations.NullMarked;
