@NullMarked
package io.github.eksidentity.testbed.runtime;

import org.jspecify.annotations.NullMarked;
