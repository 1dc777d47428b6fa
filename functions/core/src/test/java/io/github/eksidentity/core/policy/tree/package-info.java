@NullMarked
package io.github.eksidentity.core.policy.tree;

import org.jspecify.annotations.NullMarked;
