@NullMarked
package io.github.eksidentity.core.policy;

import org.jspecify.annotations.NullMarked;
