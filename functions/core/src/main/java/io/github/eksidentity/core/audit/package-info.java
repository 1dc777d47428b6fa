/** From facts to verdicts: what a rule is, and how an audit applies all of them. */
@NullMarked
package io.github.eksidentity.core.audit;

import org.jspecify.annotations.NullMarked;
