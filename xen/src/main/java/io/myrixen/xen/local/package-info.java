/**
 * The hypervisor's core, which knows domains, grants and ports and judges every request, and
 * domains that are objects of this JVM. A hypervisor service wraps the same core for domains that
 * are processes.
 */
@NullMarked
package io.myrixen.xen.local;

import org.jspecify.annotations.NullMarked;
