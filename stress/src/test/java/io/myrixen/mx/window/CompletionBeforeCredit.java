package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Completions are written before the commands count as consumed: a VM that sees the credit finds
 * the completion. The first result is whether it saw the credit, the second one whether it found
 * it.
 */
public final class CompletionBeforeCredit {

  private CompletionBeforeCredit() {}

  /** The position is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "A credit whose completion is yet to come.")
  public static class AsBuilt {

    @Actor
    void nic(SmallWindow window) {
      window.writer.write(window.written);
      window.control.commandsConsumedRelease(1);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.control.commandsConsumedAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.reader.ready() ? 1 : 0;
      }
    }
  }

  /** The credit is given before the completion. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class CreditFirst {

    @Actor
    void nic(SmallWindow window) {
      window.control.commandsConsumedRelease(1);
      window.writer.write(window.written);
    }

    @Actor
    void vm(SmallWindow window, II_Result result) {
      if (window.control.commandsConsumedAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.reader.ready() ? 1 : 0;
      }
    }
  }
}
