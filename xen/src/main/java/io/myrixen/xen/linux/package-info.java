/**
 * System calls of Linux that the JDK does not offer, each kind in a class of its own: sealed
 * memory, mappings, sockets that carry descriptors, sleeping on descriptors. Whoever calls them for
 * the first time makes the JVM print its warning about native access, unless that is enabled.
 */
@NullMarked
package io.myrixen.xen.linux;

import org.jspecify.annotations.NullMarked;
