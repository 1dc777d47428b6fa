@NullMarked
package io.github.eksidentity.core.policy.parse;

import org.jspecify.annotations.NullMarked;
