/**
 * The frontend driver: gives the MX library its boards, in a VM over XenBus and a control ring,
 * offering windows and regions; in a native process over a socket, being handed them. After that it
 * stands aside: messages go between the library and the NIC.
 */
@NullMarked
package io.myrixen.netfront;

import org.jspecify.annotations.NullMarked;
