/// What a text for people is made of: lines, columns, colour, and names that cannot do harm.
@NullMarked
package io.github.eksidentity.report.page;

import org.jspecify.annotations.NullMarked;
