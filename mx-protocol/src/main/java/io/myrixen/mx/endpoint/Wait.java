package io.myrixen.mx.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What the application's thread is at, as a description tells it.
 *
 * @param state whether it is away, in a call, or waits in one
 * @param goal what it waits for, in a word
 * @param request the request that it waits for, if it waits for one
 * @param matchInfo what it waits for by match info, if it does
 * @param matchMask the bits of that which count
 */
record Wait(
    String state, String goal, @Nullable EndpointRequest request, long matchInfo, long matchMask) {

  /** Nobody is inside. */
  static final Wait AWAY = new Wait("away", "nothing", null, 0, 0);

  /** A thread is inside, in the middle of something. */
  static final Wait CALLING = new Wait("calling", "nothing", null, 0, 0);
}
