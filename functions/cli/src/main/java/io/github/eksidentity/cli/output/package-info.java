/// In which form and to which place results go.
@NullMarked
package io.github.eksidentity.cli.output;

import org.jspecify.annotations.NullMarked;
