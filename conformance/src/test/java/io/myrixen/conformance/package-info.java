/**
 * The kit on simulated boards: that they keep what MX promises, and that the cases would notice.
 */
@NullMarked
package io.myrixen.conformance;

import org.jspecify.annotations.NullMarked;
