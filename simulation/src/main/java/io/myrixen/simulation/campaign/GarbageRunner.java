package io.myrixen.simulation.campaign;

import java.util.Map;
import java.util.function.LongFunction;

/** Runs seeds in which frames come that nobody sent. */
public final class GarbageRunner implements LongFunction<Map<String, Long>> {

  /** Makes one. */
  public GarbageRunner() {}

  /**
   * Runs a seed to its end.
   *
   * @return what occurred, and how often
   * @throws RuntimeException saying what was wrong
   */
  @Override
  public Map<String, Long> apply(long seed) {
    return new GarbageRun(seed).run().asMap();
  }
}
