@NullMarked
package io.github.eksidentity.securityhub;

import org.jspecify.annotations.NullMarked;
