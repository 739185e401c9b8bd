/**
 * Where the bytes of messages lie: the user's segments, registered and staging memory, and what of
 * it is open to the NIC. It moves bytes and keeps books of ids; when to do so is the endpoint's.
 */
@NullMarked
package io.myrixen.mx.memory;

import org.jspecify.annotations.NullMarked;
