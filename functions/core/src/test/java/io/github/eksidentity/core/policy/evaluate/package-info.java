@NullMarked
package io.github.eksidentity.core.policy.evaluate;

import org.jspecify.annotations.NullMarked;
