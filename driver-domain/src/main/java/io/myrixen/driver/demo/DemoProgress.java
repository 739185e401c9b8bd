package io.myrixen.driver.demo;

import io.myrixen.driver.fleet.Fleet;

/** Hears what the demo does, on its thread. */
@FunctionalInterface
public interface DemoProgress {

  /** What comes next. */
  enum Phase {
    /** VMs start, open their endpoints, and connect. */
    START,
    /** Every ordered pair exchanges every message; what the data path does counts from here. */
    EXCHANGE,
    /** Two VMs measure. */
    MEASURE,
    /** A file moves. */
    FILE,
    /** All is verified; VMs part. */
    PARTING
  }

  /**
   * Called before each phase.
   *
   * @param fleet the VMs as they are now
   */
  void onPhase(Phase phase, Fleet fleet);
}
