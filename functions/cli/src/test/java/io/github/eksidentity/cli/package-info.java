@NullMarked
package io.github.eksidentity.cli;

import org.jspecify.annotations.NullMarked;
