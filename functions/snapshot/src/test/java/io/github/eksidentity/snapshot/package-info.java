@NullMarked
package io.github.eksidentity.snapshot;

import org.jspecify.annotations.NullMarked;
