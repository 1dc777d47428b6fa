/// Rules about clusters, evidence of their use, and mutes.
@NullMarked
package io.github.eksidentity.core.rules.cluster;

import org.jspecify.annotations.NullMarked;
