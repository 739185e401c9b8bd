package io.myrixen.xen.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The front writes a request and publishes it: a back that takes it finds it whole. The first
 * result is whether it took one, the second one the entry.
 */
public final class RequestPublication {

  private RequestPublication() {}

  /** The index is stored after the entry, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing yet.")
  @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "The entry, as it was written.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "An entry before its content.")
  public static class AsBuilt {

    @Actor
    void front(SmallRing ring) {
      ring.entry(ring.front.claim(), 7);
      var _ = ring.front.push();
    }

    @Actor
    void back(SmallRing ring, II_Result result) {
      long offset = ring.back.poll();
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
    void front(SmallRing ring) {
      long offset = ring.front.claim();
      RingLayout.indexRelease(ring.memory, RingLayout.REQUESTS_PRODUCED_OFFSET, SmallRing.NEXT + 1);
      ring.entry(offset, 7);
    }

    @Actor
    void back(SmallRing ring, II_Result result) {
      long offset = ring.back.poll();
      if (offset != -1) {
        result.r1 = 1;
        result.r2 = ring.entry(offset);
      }
    }
  }
}
