/** What was read about one account, and how well each part of it was read. */
@NullMarked
package io.github.eksidentity.core.facts;

import org.jspecify.annotations.NullMarked;
