@NullMarked
package io.github.eksidentity.core.index;

import org.jspecify.annotations.NullMarked;
