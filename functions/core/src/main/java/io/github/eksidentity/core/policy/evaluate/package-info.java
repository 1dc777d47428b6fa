/// The decision on one request by the semantics that IAM documents, with its reasons.
@NullMarked
package io.github.eksidentity.core.policy.evaluate;

import org.jspecify.annotations.NullMarked;
