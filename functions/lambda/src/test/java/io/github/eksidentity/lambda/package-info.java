@NullMarked
package io.github.eksidentity.lambda;

import org.jspecify.annotations.NullMarked;
