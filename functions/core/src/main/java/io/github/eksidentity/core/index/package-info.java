/// What is known of an account, looked up by what a question starts from: issuer, subject, role,
/// cluster. Nothing here judges.
@NullMarked
package io.github.eksidentity.core.index;

import org.jspecify.annotations.NullMarked;
