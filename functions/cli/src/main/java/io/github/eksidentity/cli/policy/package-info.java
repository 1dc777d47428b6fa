/// Commands about single policies.
@NullMarked
package io.github.eksidentity.cli.policy;

import org.jspecify.annotations.NullMarked;
