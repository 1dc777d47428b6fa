/// Standard streams, exit codes and errors.
@NullMarked
package io.github.eksidentity.cli.console;

import org.jspecify.annotations.NullMarked;
