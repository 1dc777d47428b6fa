/** What would mend a finding: changes as data, and edits of trust documents. */
@NullMarked
package io.github.eksidentity.core.remedy;

import org.jspecify.annotations.NullMarked;
