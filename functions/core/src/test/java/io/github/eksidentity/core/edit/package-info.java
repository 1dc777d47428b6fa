/** Records with some parts changed, for the tests of every module. */
@NullMarked
package io.github.eksidentity.core.edit;

import org.jspecify.annotations.NullMarked;
