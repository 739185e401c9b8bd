/** The split driver over the sockets of a hypervisor service, as between processes. */
@NullMarked
package io.myrixen.tests.host;

import org.jspecify.annotations.NullMarked;
