/// A trust policy as it is written, each part with its place in the source.
@NullMarked
package io.github.eksidentity.core.policy.tree;

import org.jspecify.annotations.NullMarked;
