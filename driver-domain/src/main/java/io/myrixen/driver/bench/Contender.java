package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;

/** Processes that carry loads in one way. They sleep while they are not asked to. */
interface Contender {

  /** Which way. */
  Implementation implementation();

  /**
   * Carries {@code load} for {@code budgetNs}, and returns what the driving process measured: see
   * {@link io.myrixen.driver.guest.Samples#line}.
   *
   * @throws io.myrixen.driver.fleet.GuestFailedException if a process dies or fails
   */
  Line run(Load load, long budgetNs) throws InterruptedException;
}
