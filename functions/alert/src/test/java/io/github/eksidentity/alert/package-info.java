@NullMarked
package io.github.eksidentity.alert;

import org.jspecify.annotations.NullMarked;
