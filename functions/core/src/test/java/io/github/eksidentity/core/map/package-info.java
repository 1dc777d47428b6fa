/// Which room of the house may use which.
@NullMarked
package io.github.eksidentity.core.map;

import org.jspecify.annotations.NullMarked;
