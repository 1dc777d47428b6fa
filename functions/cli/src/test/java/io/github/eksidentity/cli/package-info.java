/// Runs commands as a user does and reads what they get to see.
@NullMarked
package io.github.eksidentity.cli;

import org.jspecify.annotations.NullMarked;
