/**
 * The bare relay: three processes over shared memory, A to relay to B and back, without any
 * protocol, as the floor under everything that passes messages through a third process. A program
 * of its own, told what to do by lines as guests are.
 */
@NullMarked
package io.myrixen.driver.bench.relay;

import org.jspecify.annotations.NullMarked;
