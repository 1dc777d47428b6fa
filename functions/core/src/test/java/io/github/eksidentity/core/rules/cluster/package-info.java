@NullMarked
package io.github.eksidentity.core.rules.cluster;

import org.jspecify.annotations.NullMarked;
