package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Bytes are put into the ring of a sliding source, then the watermark rises above them: a NIC that
 * sees the watermark reads these bytes. The first result is the watermark, the second one the
 * bytes.
 */
public final class WatermarkCoversData {

  private WatermarkCoversData() {}

  /** The watermark is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Bytes of another message are pulled.")
  public static class AsBuilt {

    @Actor
    void vm(SmallWindow window) {
      window.payload(7);
      window.entry.watermarkRelease(8);
    }

    @Actor
    void nic(SmallWindow window, II_Result result) {
      if (window.entry.watermarkAcquire() == 8) {
        result.r1 = 1;
        result.r2 = window.payload() == 7 ? 1 : 0;
      }
    }
  }

  /** The watermark before the bytes. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class WatermarkFirst {

    @Actor
    void vm(SmallWindow window) {
      window.entry.watermarkRelease(8);
      window.payload(7);
    }

    @Actor
    void nic(SmallWindow window, II_Result result) {
      if (window.entry.watermarkAcquire() == 8) {
        result.r1 = 1;
        result.r2 = window.payload() == 7 ? 1 : 0;
      }
    }
  }
}
