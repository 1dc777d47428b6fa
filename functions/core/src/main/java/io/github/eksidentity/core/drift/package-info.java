/**
 * What a run changes: the life of findings from run to run, and the port to where they are kept.
 */
@NullMarked
package io.github.eksidentity.core.drift;

import org.jspecify.annotations.NullMarked;
