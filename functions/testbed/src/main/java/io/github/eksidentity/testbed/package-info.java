/**
 * Serves an inventory over the wire protocols of AWS, with latency, paging and faults. Test
 * support: nothing of the product depends on it.
 */
@NullMarked
package io.github.eksidentity.testbed;

import org.jspecify.annotations.NullMarked;
