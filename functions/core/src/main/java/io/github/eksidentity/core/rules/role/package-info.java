/// Rules about roles themselves: their permissions and their use.
@NullMarked
package io.github.eksidentity.core.rules.role;

import org.jspecify.annotations.NullMarked;
