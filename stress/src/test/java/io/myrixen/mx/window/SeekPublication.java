package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The NIC sets the progress back and says where it seeks to, then moves the seek epoch: a VM that
 * sees the epoch finds both. The first result is the epoch, the second one what goes with it.
 */
public final class SeekPublication {

  private SeekPublication() {}

  /** The epoch is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The ring is filled from the wrong place.")
  public static class AsBuilt {

    @Actor
    void nic(SmallWindow window) {
      window.entry.progressRelease(5);
      window.entry.seekRelease(1, 5);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.entry.seekEpochAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.entry.seekPosition() == 5 && window.entry.progressAcquire() == 5 ? 1 : 0;
      }
    }
  }

  /** The epoch before the position. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class EpochFirst {

    @Actor
    void nic(SmallWindow window) {
      window.intRelease(SmallWindow.entry(RdmaWindowEntry.SEEK_EPOCH_OFFSET), 1);
      window.entry.progressRelease(5);
      window.entry.seekRelease(1, 5);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.entry.seekEpochAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.entry.seekPosition() == 5 && window.entry.progressAcquire() == 5 ? 1 : 0;
      }
    }
  }
}
