/** Tests of the life of findings, and the contract that every store keeps. */
@NullMarked
package io.github.eksidentity.core.drift;

import org.jspecify.annotations.NullMarked;
