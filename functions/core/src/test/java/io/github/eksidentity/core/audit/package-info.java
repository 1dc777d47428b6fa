@NullMarked
package io.github.eksidentity.core.audit;

import org.jspecify.annotations.NullMarked;
