@NullMarked
package io.github.eksidentity.kubernetes;

import org.jspecify.annotations.NullMarked;
