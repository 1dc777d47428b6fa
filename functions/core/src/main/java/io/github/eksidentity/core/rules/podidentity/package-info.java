/// Rules about Pod Identity: associations, the agent, and the trust of the roles.
@NullMarked
package io.github.eksidentity.core.rules.podidentity;

import org.jspecify.annotations.NullMarked;
