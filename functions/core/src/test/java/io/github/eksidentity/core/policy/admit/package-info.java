@NullMarked
package io.github.eksidentity.core.policy.admit;

import org.jspecify.annotations.NullMarked;
