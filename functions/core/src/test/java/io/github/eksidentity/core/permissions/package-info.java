@NullMarked
package io.github.eksidentity.core.permissions;

import org.jspecify.annotations.NullMarked;
