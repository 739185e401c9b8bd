package io.myrixen.xen.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The back writes a response and publishes it: a front that takes it finds it whole. The first
 * result is whether it took one, the second one the entry.
 */
public final class ResponsePublication {

  private ResponsePublication() {}

  /** The index is stored after the entry, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing yet.")
  @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "The entry, as it was written.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "An entry before its content.")
  public static class AsBuilt {

    @Actor
    void back(AskedRing ring) {
      ring.entry(ring.back.claim(), 7);
      var _ = ring.back.push();
    }

    @Actor
    void front(AskedRing ring, II_Result result) {
      long offset = ring.front.poll();
      if (offset != -1) {
        result.r1 = 1;
        result.r2 = ring.entry(offset);
      }
    }
  }

  /** The index is stored before the entry. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Before its content, as is to be seen.")
  public static class IndexFirst {

    @Actor
    void back(AskedRing ring) {
      long offset = ring.back.claim();
      RingLayout.indexRelease(
          ring.memory, RingLayout.RESPONSES_PRODUCED_OFFSET, SmallRing.NEXT + 1);
      ring.entry(offset, 7);
    }

    @Actor
    void front(AskedRing ring, II_Result result) {
      long offset = ring.front.poll();
      if (offset != -1) {
        result.r1 = 1;
        result.r2 = ring.entry(offset);
      }
    }
  }
}
