/**
 * The toolstack's commands where domains are created by somebody else, such as {@code xl} on real
 * Xen: finds domains by name, attaches devices to them and takes them away.
 */
@NullMarked
package io.myrixen.driver.toolstack;

import org.jspecify.annotations.NullMarked;
