/// AlertFunction: tells what a completed run changed.
@NullMarked
package io.github.eksidentity.alert;

import org.jspecify.annotations.NullMarked;
