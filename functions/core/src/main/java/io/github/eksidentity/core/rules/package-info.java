/// The rules. [io.github.eksidentity.core.rules.Rules] is the catalogue; it lists its chapters,
/// each a package of its own, and each chapter lists its rules.
@NullMarked
package io.github.eksidentity.core.rules;

import org.jspecify.annotations.NullMarked;
