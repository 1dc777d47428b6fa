/** The audit's look-ups, asked about accounts built for the purpose. */
@NullMarked
package io.github.eksidentity.core.audit;

import org.jspecify.annotations.NullMarked;
