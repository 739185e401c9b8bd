package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Payload is stored, then the slot that tells of it: who polls the slot sees the payload. The first
 * result is whether there was a slot, the second one whether the payload was there.
 */
public final class PayloadPublication {

  private PayloadPublication() {}

  /** The lap is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "A slot without its payload.")
  public static class AsBuilt {

    @Actor
    void nic(SmallWindow window) {
      window.payload(7);
      window.writer.write(window.written);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.reader.poll(window.read)) {
        result.r1 = 1;
        result.r2 = window.payload() == 7 ? 1 : 0;
      }
    }
  }

  /** The slot is written before the payload. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class SlotFirst {

    @Actor
    void nic(SmallWindow window) {
      window.writer.write(window.written);
      window.payload(7);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.reader.poll(window.read)) {
        result.r1 = 1;
        result.r2 = window.payload() == 7 ? 1 : 0;
      }
    }
  }
}
