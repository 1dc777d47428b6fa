@NullMarked
package io.github.eksidentity.core.rules.role;

import org.jspecify.annotations.NullMarked;
