package io.myrixen.driver.bench.result;

import java.util.Locale;

/**
 * How far apart the two processors are, by the round trip of a cache line between them. Where they
 * share a cache it is about 100 ns, where they do not about 500. Virtual processors move: only what
 * was measured at one placement may be compared.
 */
public enum Placement {
  /** At most {@link #NEAR_NS}. */
  NEAR,
  /** More. */
  FAR;

  /** Between the levels that are seen, 115 ns and 525 ns, with as much room on either side. */
  public static final long NEAR_NS = 300;

  /** Returns the class of a round trip. */
  public static Placement of(long calibrationNs) {
    return calibrationNs <= NEAR_NS ? NEAR : FAR;
  }

  /** For people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
