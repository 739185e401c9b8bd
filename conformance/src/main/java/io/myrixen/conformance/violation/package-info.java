/**
 * Subjects that break one promise on purpose, to show that the cases notice: wrappers of a host and
 * its endpoints, so that any board can be made to lie.
 */
@NullMarked
package io.myrixen.conformance.violation;

import org.jspecify.annotations.NullMarked;
