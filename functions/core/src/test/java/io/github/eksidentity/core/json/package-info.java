@NullMarked
package io.github.eksidentity.core.json;

import org.jspecify.annotations.NullMarked;
