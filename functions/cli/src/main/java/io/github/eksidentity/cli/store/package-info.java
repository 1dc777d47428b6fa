/// Where findings are kept between audits.
@NullMarked
package io.github.eksidentity.cli.store;

import org.jspecify.annotations.NullMarked;
