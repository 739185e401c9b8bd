package io.myrixen.xen.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The back publishes a response while the front goes to sleep: the back notifies, or the front
 * finds the response in its final check. The first result is the back's, the second one the
 * front's.
 */
public final class ResponseWake {

  private ResponseWake() {}

  /** With a full fence on either side. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both see the other.")
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The back notifies.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The front does not sleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Lost: the front sleeps on a response.")
  public static class AsBuilt {

    @Actor
    void back(AskedRing ring, ZZ_Result result) {
      ring.back.claim();
      result.r1 = ring.back.push();
    }

    @Actor
    void front(AskedRing ring, ZZ_Result result) {
      result.r2 = ring.front.finalCheck();
    }
  }

  /** What the fence of publish() is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheWriter {

    @Actor
    void back(AskedRing ring, ZZ_Result result) {
      result.r1 = ring.publishWithoutFence(RingLayout.RESPONSES_PRODUCED_OFFSET);
    }

    @Actor
    void front(AskedRing ring, ZZ_Result result) {
      result.r2 = ring.front.finalCheck();
    }
  }

  /** What the fence of arm() is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheSleeper {

    @Actor
    void back(AskedRing ring, ZZ_Result result) {
      ring.back.claim();
      result.r1 = ring.back.push();
    }

    @Actor
    void front(AskedRing ring, ZZ_Result result) {
      ring.armWithoutFence(RingLayout.RESPONSE_EVENT_OFFSET);
      result.r2 = ring.front.pending() > 0;
    }
  }
}
