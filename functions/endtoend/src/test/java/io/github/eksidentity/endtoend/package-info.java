@NullMarked
package io.github.eksidentity.endtoend;

import org.jspecify.annotations.NullMarked;
