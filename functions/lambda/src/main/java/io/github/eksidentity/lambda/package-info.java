/// What every Lambda function of this project needs.
@NullMarked
package io.github.eksidentity.lambda;

import org.jspecify.annotations.NullMarked;
