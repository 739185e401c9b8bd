package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A pull that waits for an announced window says so in the window, then moves the epoch: a VM that
 * sees the epoch finds the window. The first result is the epoch, the second one the window.
 */
public final class WantedBeforeEpoch {

  private WantedBeforeEpoch() {}

  /** Two stores with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Looked for in vain, and never again.")
  public static class AsBuilt {

    @Actor
    void nic(SmallWindow window) {
      window.entry.wantedRelease();
      window.control.wantedEpochRelease(1);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.control.wantedEpochAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.entry.wantedAcquire() ? 1 : 0;
      }
    }
  }

  /** The epoch before the window. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class EpochFirst {

    @Actor
    void nic(SmallWindow window) {
      window.control.wantedEpochRelease(1);
      window.entry.wantedRelease();
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.control.wantedEpochAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.entry.wantedAcquire() ? 1 : 0;
      }
    }
  }
}
