/**
 * Which receive takes which message: MX's matching rule over queues whose cost does not grow with
 * their length. It knows nothing of endpoints, partners or payload.
 */
@NullMarked
package io.myrixen.mx.match;

import org.jspecify.annotations.NullMarked;
