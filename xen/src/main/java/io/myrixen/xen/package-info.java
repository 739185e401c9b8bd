/**
 * What a domain sees of its hypervisor: grants, event channels, XenStore, and a way to sleep on
 * them. Interfaces only; each substrate implements them in a package of its own.
 */
@NullMarked
package io.myrixen.xen;

import org.jspecify.annotations.NullMarked;
