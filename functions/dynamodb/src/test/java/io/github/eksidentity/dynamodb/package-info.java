@NullMarked
package io.github.eksidentity.dynamodb;

import org.jspecify.annotations.NullMarked;
