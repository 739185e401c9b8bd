/**
 * MXoE, the wire between NICs, as bytes: every packet of every profile, as a slot for the data path
 * ({@link io.myrixen.mx.wire.Frame}) and as a record for people and tests ({@link
 * io.myrixen.mx.wire.WirePacket}). It knows neither endpoints nor ports: what a well-formed frame
 * means is judged by who receives it.
 */
@NullMarked
package io.myrixen.mx.wire;

import org.jspecify.annotations.NullMarked;
