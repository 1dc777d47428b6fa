/// Replaces the names in an inventory, so that it can be handed to somebody else.
@NullMarked
package io.github.eksidentity.core.redact;

import org.jspecify.annotations.NullMarked;
