/** What a role may do: its permissions policies, read and asked about one action at a time. */
@NullMarked
package io.github.eksidentity.core.permissions;

import org.jspecify.annotations.NullMarked;
