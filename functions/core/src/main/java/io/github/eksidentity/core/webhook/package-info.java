/** What EKS's pod identity webhook makes of a pod that is created now. */
@NullMarked
package io.github.eksidentity.core.webhook;

import org.jspecify.annotations.NullMarked;
