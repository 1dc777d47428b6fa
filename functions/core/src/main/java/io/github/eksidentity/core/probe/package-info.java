/**
 * What trying the way of a service account to its role tells, beside what its configuration says.
 */
@NullMarked
package io.github.eksidentity.core.probe;

import org.jspecify.annotations.NullMarked;
