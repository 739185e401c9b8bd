package io.myrixen.conformance.kit;

import java.time.Duration;

/**
 * How long a case waits for what must happen, in ticks of a millisecond by the subject's own clock.
 * A subject that keeps its promises is never waited for that long.
 *
 * @param ticks at least 1
 */
public record Patience(int ticks) {

  /** Half a minute: more than any busy machine makes a message take. */
  public static final Patience DEFAULT = new Patience(30_000);

  /** What one wait lasts before the others are given their turn. */
  static final Duration TICK = Duration.ofMillis(1);

  /** Checks that there is some. */
  public Patience {
    if (ticks < 1) {
      throw new IllegalArgumentException("patience must be at least 1 tick: " + ticks);
    }
  }

  /** The limit for a call that waits by itself. */
  public Duration limit() {
    return TICK.multipliedBy(ticks);
  }
}
