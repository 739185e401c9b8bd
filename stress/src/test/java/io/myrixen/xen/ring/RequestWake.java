package io.myrixen.xen.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The front publishes a request while the back goes to sleep: the front notifies, or the back finds
 * the request in its final check. The first result is the front's, the second one the back's.
 */
public final class RequestWake {

  private RequestWake() {}

  /** With a full fence on either side. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both see the other.")
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The front notifies.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The back does not sleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Lost: the back sleeps on a request.")
  public static class AsBuilt {

    @Actor
    void front(SmallRing ring, ZZ_Result result) {
      ring.front.claim();
      result.r1 = ring.front.push();
    }

    @Actor
    void back(SmallRing ring, ZZ_Result result) {
      result.r2 = ring.back.finalCheck();
    }
  }

  /** What the fence of publish() is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheWriter {

    @Actor
    void front(SmallRing ring, ZZ_Result result) {
      result.r1 = ring.publishWithoutFence(RingLayout.REQUESTS_PRODUCED_OFFSET);
    }

    @Actor
    void back(SmallRing ring, ZZ_Result result) {
      result.r2 = ring.back.finalCheck();
    }
  }

  /** What the fence of arm() is for. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "Lost, as is to be seen.")
  public static class WithoutTheFenceOfTheSleeper {

    @Actor
    void front(SmallRing ring, ZZ_Result result) {
      ring.front.claim();
      result.r1 = ring.front.push();
    }

    @Actor
    void back(SmallRing ring, ZZ_Result result) {
      ring.armWithoutFence(RingLayout.REQUEST_EVENT_OFFSET);
      result.r2 = ring.back.pending() > 0;
    }
  }
}
