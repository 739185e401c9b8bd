/**
 * The engine behind an {@link io.myrixen.mx.Endpoint}: partners and their sequence spaces, the send
 * classes, rendezvous, progress and waiting. It talks to a NIC through one window and knows no
 * other way to the world.
 */
@NullMarked
package io.myrixen.mx.endpoint;

import org.jspecify.annotations.NullMarked;
