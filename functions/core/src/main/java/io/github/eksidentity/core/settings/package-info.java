/** What the user may set, read from a tree of any format. */
@NullMarked
package io.github.eksidentity.core.settings;

import org.jspecify.annotations.NullMarked;
