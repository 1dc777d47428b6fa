@NullMarked
package io.github.eksidentity.core.redact;

import org.jspecify.annotations.NullMarked;
