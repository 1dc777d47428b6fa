@NullMarked
package io.github.eksidentity.core.rules.loose;

import org.jspecify.annotations.NullMarked;
