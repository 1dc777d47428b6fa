@NullMarked
package io.github.eksidentity.cli.account;

import org.jspecify.annotations.NullMarked;
