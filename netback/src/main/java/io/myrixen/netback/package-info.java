/**
 * The backend driver: meets each VM's netfront over XenBus and a control ring, judges what it asks
 * for, holds it to quotas and programs the NIC. Control path only: no message ever passes here.
 */
@NullMarked
package io.myrixen.netback;

import org.jspecify.annotations.NullMarked;
