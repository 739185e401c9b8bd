package io.myrixen.simulation.campaign;

import java.util.Map;
import java.util.function.LongFunction;

/**
 * Runs seeds, and speaks of them in classes of the JDK alone: so that one of another class loader,
 * whose libraries have a defect planted, looks the same from outside.
 */
public final class SeedRunner implements LongFunction<Map<String, Long>> {

  /** Makes one; class loaders ask for it by name. */
  public SeedRunner() {}

  /**
   * Runs a seed to its end.
   *
   * @return what occurred, and how often
   * @throws RuntimeException saying what was wrong
   */
  @Override
  public Map<String, Long> apply(long seed) {
    return new SeedRun(seed).run().asMap();
  }
}
