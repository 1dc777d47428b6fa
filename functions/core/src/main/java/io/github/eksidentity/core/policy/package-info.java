/** The IAM policy language of role trust policies: parsing, evaluation, and who can get in. */
@NullMarked
package io.github.eksidentity.core.policy;

import org.jspecify.annotations.NullMarked;
