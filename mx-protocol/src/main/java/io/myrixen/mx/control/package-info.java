/**
 * ABI of the control ring: what a VM asks of its driver domain, and the answers. Requests and
 * responses as slots and records, with no idea of how the ring itself is shared.
 */
@NullMarked
package io.myrixen.mx.control;

import org.jspecify.annotations.NullMarked;
