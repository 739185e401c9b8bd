/**
 * The backend driver: meets each VM's netfront over XenBus and a control ring, and native processes
 * at a socket; judges what they ask for, holds them to quotas and programs the NIC. Control path
 * only: no message passes here, but those of boards that are relayed on purpose.
 */
@NullMarked
package io.myrixen.netback;

import org.jspecify.annotations.NullMarked;
