/** Tests of the collectors over the real wire protocols. */
@NullMarked
package io.github.eksidentity.aws;

import org.jspecify.annotations.NullMarked;
