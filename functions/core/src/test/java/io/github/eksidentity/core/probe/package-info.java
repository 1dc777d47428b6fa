@NullMarked
package io.github.eksidentity.core.probe;

import org.jspecify.annotations.NullMarked;
