@NullMarked
package io.github.eksidentity.cli.command;

import org.jspecify.annotations.NullMarked;
