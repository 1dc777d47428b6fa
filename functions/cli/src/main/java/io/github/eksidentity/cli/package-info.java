/// The `eks-identity` command: options, wiring, exit codes.
@NullMarked
package io.github.eksidentity.cli;

import org.jspecify.annotations.NullMarked;
