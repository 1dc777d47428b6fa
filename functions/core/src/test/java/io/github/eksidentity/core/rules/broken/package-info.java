@NullMarked
package io.github.eksidentity.core.rules.broken;

import org.jspecify.annotations.NullMarked;
