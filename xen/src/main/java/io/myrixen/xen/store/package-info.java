/**
 * XenStore: the store's engine, its real wire protocol, and clients of both. What stands here does
 * no input or output of its own, so that sockets, tests and objects of one JVM share it.
 */
@NullMarked
package io.myrixen.xen.store;

import org.jspecify.annotations.NullMarked;
