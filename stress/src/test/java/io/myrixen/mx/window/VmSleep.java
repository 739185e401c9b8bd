package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The NIC writes an event while the VM goes to sleep: the NIC notifies, or the VM sees the event
 * when it looks again. The first result is the NIC's, the second one the VM's.
 */
public final class VmSleep {

  private VmSleep() {}

  /** With a full fence on either side. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both see the other.")
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The NIC notifies.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The VM does not sleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Lost: the VM sleeps on an event.")
  public static class AsBuilt {

    @Actor
    void nic(SmallWindow window, ZZ_Result result) {
      window.writer.write(window.written);
      result.r1 = window.control.vmAsleepAfterEvent();
    }

    @Actor
    void vm(SmallWindow window, ZZ_Result result) {
      window.control.vmAsleep(true);
      result.r2 = window.reader.ready();
    }
  }

  /** What the fence between store and look is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheWriter {

    @Actor
    void nic(SmallWindow window, ZZ_Result result) {
      window.writer.write(window.written);
      result.r1 = window.intAcquire(ControlLines.VM_ASLEEP_OFFSET) != 0;
    }

    @Actor
    void vm(SmallWindow window, ZZ_Result result) {
      window.control.vmAsleep(true);
      result.r2 = window.reader.ready();
    }
  }

  /** What the fence between flag and look again is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheSleeper {

    @Actor
    void nic(SmallWindow window, ZZ_Result result) {
      window.writer.write(window.written);
      result.r1 = window.control.vmAsleepAfterEvent();
    }

    @Actor
    void vm(SmallWindow window, ZZ_Result result) {
      window.intRelease(ControlLines.VM_ASLEEP_OFFSET, 1);
      result.r2 = window.reader.ready();
    }
  }
}
