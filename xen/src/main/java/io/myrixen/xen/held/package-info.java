/**
 * What a domain holds open on its own side: mapped memory above all, which goes when it is closed
 * or when the domain ends. Shared by the substrates, which tell their hypervisors each in its way.
 */
@NullMarked
package io.myrixen.xen.held;

import org.jspecify.annotations.NullMarked;
