/**
 * The frontend driver in a VM: meets netback over XenBus and a control ring, offers windows and
 * regions, and so gives the MX library its boards. After that it stands aside: messages go between
 * the library and the NIC.
 */
@NullMarked
package io.myrixen.netfront;

import org.jspecify.annotations.NullMarked;
