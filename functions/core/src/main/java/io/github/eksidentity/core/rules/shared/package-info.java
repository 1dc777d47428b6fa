/// What rules of several chapters share.
@NullMarked
package io.github.eksidentity.core.rules.shared;

import org.jspecify.annotations.NullMarked;
