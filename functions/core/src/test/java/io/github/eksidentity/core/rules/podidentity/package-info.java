@NullMarked
package io.github.eksidentity.core.rules.podidentity;

import org.jspecify.annotations.NullMarked;
