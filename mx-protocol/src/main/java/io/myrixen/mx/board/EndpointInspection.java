package io.myrixen.mx.board;

import org.jspecify.annotations.Nullable;

/**
 * Tells what an endpoint's library is doing, for whoever operates this process. Made for a driver's
 * control thread, which asks and then polls; that thread never waits, and who uses the endpoint
 * notices nothing unless somebody asks.
 */
public interface EndpointInspection {

  /** Bounds an answer, in characters. */
  int MAX_CHARS = 16_384;

  /** Asks anew; what was asked before is forgotten. */
  void ask();

  /**
   * Takes the answer to the last {@link #ask}.
   *
   * @return lines, each a word and {@code key=value} pairs, of letters, digits and {@code -_./:},
   *     at most {@link #MAX_CHARS} in all; null as long as the library is too busy to be looked at
   */
  @Nullable String poll();
}
