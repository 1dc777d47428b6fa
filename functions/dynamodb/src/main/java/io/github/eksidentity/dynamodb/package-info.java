/// Findings, events, runs and mutes in one table of DynamoDB.
@NullMarked
package io.github.eksidentity.dynamodb;

import org.jspecify.annotations.NullMarked;
