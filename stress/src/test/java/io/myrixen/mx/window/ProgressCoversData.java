package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A pull moves bytes into a sink, then publishes its progress: a VM that sees the progress finds
 * the bytes. The first result is the progress, the second one the bytes.
 */
public final class ProgressCoversData {

  private ProgressCoversData() {}

  /** The progress is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Bytes that have not come are delivered.")
  public static class AsBuilt {

    @Actor
    void nic(SmallWindow window) {
      window.payload(7);
      window.entry.progressRelease(8);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.entry.progressAcquire() == 8) {
        result.r1 = 1;
        result.r2 = window.payload() == 7 ? 1 : 0;
      }
    }
  }

  /** The progress before the bytes. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class ProgressFirst {

    @Actor
    void nic(SmallWindow window) {
      window.entry.progressRelease(8);
      window.payload(7);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.entry.progressAcquire() == 8) {
        result.r1 = 1;
        result.r2 = window.payload() == 7 ? 1 : 0;
      }
    }
  }
}
