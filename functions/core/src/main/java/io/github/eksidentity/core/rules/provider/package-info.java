/// Rules about IAM OIDC providers.
@NullMarked
package io.github.eksidentity.core.rules.provider;

import org.jspecify.annotations.NullMarked;
