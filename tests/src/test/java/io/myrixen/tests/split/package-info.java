/** The split driver end to end: netfront, netback and the NIC in one thread. */
@NullMarked
package io.myrixen.tests.split;

import org.jspecify.annotations.NullMarked;
