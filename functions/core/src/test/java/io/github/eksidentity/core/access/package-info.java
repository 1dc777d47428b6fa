/** Tests of who can become what. */
@NullMarked
package io.github.eksidentity.core.access;

import org.jspecify.annotations.NullMarked;
