@NullMarked
package io.github.eksidentity.audit;

import org.jspecify.annotations.NullMarked;
