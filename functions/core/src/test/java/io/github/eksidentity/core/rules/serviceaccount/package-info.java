@NullMarked
package io.github.eksidentity.core.rules.serviceaccount;

import org.jspecify.annotations.NullMarked;
