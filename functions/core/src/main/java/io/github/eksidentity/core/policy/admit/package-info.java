/// The inverse of evaluation: who can assume a role, and how two policies differ in that.
@NullMarked
package io.github.eksidentity.core.policy.admit;

import org.jspecify.annotations.NullMarked;
