@NullMarked
package io.github.eksidentity.slack;

import org.jspecify.annotations.NullMarked;
