/// Runs a packaged Lambda function as Lambda does: through the real runtime interface client, in a
/// JVM of its own, against a runtime API on the loopback interface.
@NullMarked
package io.github.eksidentity.testbed.runtime;

import org.jspecify.annotations.NullMarked;
