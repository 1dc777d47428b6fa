/// SecurityHubFunction: what a run changed, imported into Security Hub of each account.
@NullMarked
package io.github.eksidentity.securityhub;

import org.jspecify.annotations.NullMarked;
