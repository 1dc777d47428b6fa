/** An account as files: what AWS answered, read from and written to a directory or a zip. */
@NullMarked
package io.github.eksidentity.snapshot;

import org.jspecify.annotations.NullMarked;
