/// Rules about trust policies that admit more than was meant, graded by who can assume the role.
@NullMarked
package io.github.eksidentity.core.rules.loose;

import org.jspecify.annotations.NullMarked;
