/**
 * The rules, one class each. [io.github.eksidentity.core.rules.Rules] is their table of contents.
 */
@NullMarked
package io.github.eksidentity.core.rules;

import org.jspecify.annotations.NullMarked;
