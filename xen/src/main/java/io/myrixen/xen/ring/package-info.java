/**
 * Xen's shared request and response ring, laid out as its {@code ring.h} has it, in plain memory
 * segments. One front and one back, in domains that do not trust each other, meet over it.
 */
@NullMarked
package io.myrixen.xen.ring;

import org.jspecify.annotations.NullMarked;
