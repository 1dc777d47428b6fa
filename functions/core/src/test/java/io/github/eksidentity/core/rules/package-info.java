/**
 * The examples of every rule: what it flags, what it accepts, when it is undecided. The rule pages
 * show them.
 */
@NullMarked
package io.github.eksidentity.core.rules;

import org.jspecify.annotations.NullMarked;
