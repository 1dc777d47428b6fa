/// Texts that resemble one another.
@NullMarked
package io.github.eksidentity.core.text;

import org.jspecify.annotations.NullMarked;
