@NullMarked
package io.github.eksidentity.core.answers;

import org.jspecify.annotations.NullMarked;
