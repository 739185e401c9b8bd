/**
 * XenBus for devices of type {@code mx}: where a device's nodes lie, how the toolstack makes and
 * removes them, and how the two ends come together and part. The handshakes are pure functions of
 * the states read, so that lost and repeated watch events do no harm.
 */
@NullMarked
package io.myrixen.xen.bus;

import org.jspecify.annotations.NullMarked;
