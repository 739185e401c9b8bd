/**
 * A process as a domain of a hypervisor service on the same host: the protocol of the domain
 * socket, the process's end of it, and the toolstack's. What the service itself is lives elsewhere.
 */
@NullMarked
package io.myrixen.xen.host;

import org.jspecify.annotations.NullMarked;
