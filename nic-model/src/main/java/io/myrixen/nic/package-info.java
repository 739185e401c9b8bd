/**
 * The NIC's firmware: one duty-cycle agent that serves the windows of every board, shares its time
 * between VMs, and moves what they send each other, over a {@link io.myrixen.nic.Port} also to and
 * from boards of other NICs. Its control side, {@link io.myrixen.nic.NicControl}, may be called
 * from any thread.
 */
@NullMarked
package io.myrixen.nic;

import org.jspecify.annotations.NullMarked;
