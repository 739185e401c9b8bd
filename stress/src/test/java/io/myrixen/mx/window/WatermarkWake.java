package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A VM raises a watermark that a pull waits for while the NIC goes to sleep: the VM notifies, or
 * the NIC sees the watermark when it looks again. The first result is the VM's, the second one the
 * NIC's.
 */
public final class WatermarkWake {

  private WatermarkWake() {}

  /** With a full fence on either side. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both see the other.")
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The VM notifies.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The NIC does not sleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Lost: a pull waits for ever.")
  public static class AsBuilt {

    @Actor
    void vm(SmallWindow window, ZZ_Result result) {
      window.entry.watermarkRelease(1);
      result.r1 = window.control.nicAsleepAfterCommand();
    }

    @Actor
    void nic(SmallWindow window, ZZ_Result result) {
      window.control.nicAsleep(true);
      result.r2 = window.entry.watermarkAcquire() == 1;
    }
  }

  /** What the fence between store and look is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheWriter {

    @Actor
    void vm(SmallWindow window, ZZ_Result result) {
      window.entry.watermarkRelease(1);
      result.r1 = window.intAcquire(ControlLines.NIC_ASLEEP_OFFSET) != 0;
    }

    @Actor
    void nic(SmallWindow window, ZZ_Result result) {
      window.control.nicAsleep(true);
      result.r2 = window.entry.watermarkAcquire() == 1;
    }
  }

  /** What the fence between flag and look again is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheSleeper {

    @Actor
    void vm(SmallWindow window, ZZ_Result result) {
      window.entry.watermarkRelease(1);
      result.r1 = window.control.nicAsleepAfterCommand();
    }

    @Actor
    void nic(SmallWindow window, ZZ_Result result) {
      window.intRelease(ControlLines.NIC_ASLEEP_OFFSET, 1);
      result.r2 = window.entry.watermarkAcquire() == 1;
    }
  }
}
