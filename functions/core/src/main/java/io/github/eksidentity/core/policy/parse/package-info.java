/// Text to tree, and what IAM refuses in it.
@NullMarked
package io.github.eksidentity.core.policy.parse;

import org.jspecify.annotations.NullMarked;
