/**
 * A process as part of a domain of real Xen: grants, mappings, event channels and the store by the
 * devices that Linux offers in {@code /dev/xen}. What they do was tried, and is told in decision 1.
 */
@NullMarked
package io.myrixen.xen.devices;

import org.jspecify.annotations.NullMarked;
