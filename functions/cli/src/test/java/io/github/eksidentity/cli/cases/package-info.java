/** What an audit has to say of real configurations, case by case. */
@NullMarked
package io.github.eksidentity.cli.cases;

import org.jspecify.annotations.NullMarked;
