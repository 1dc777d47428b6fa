/// Rules about trust policies that do not admit whom they mean, and what they share: a
/// [PodStatement] means to admit pods, a [StatementFault] is why it does not, a [ProvenFix] was
/// tried before it is proposed.
@NullMarked
package io.github.eksidentity.core.rules.broken;

import org.jspecify.annotations.NullMarked;
