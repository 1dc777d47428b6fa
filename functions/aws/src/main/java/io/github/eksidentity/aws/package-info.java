/**
 * Reads the facts of a live account. Every call only reads; what cannot be read becomes coverage
 * with its reason, never an empty list.
 */
@NullMarked
package io.github.eksidentity.aws;

import org.jspecify.annotations.NullMarked;
