/** Answers of Kubernetes and CloudTrail, read into facts and written from them. */
@NullMarked
package io.github.eksidentity.core.answers;

import org.jspecify.annotations.NullMarked;
