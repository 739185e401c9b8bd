package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A VM opens an RDMA window while the NIC copies it: the copy is closed or whole. The first result
 * is the generation that was read, 0 for closed, the second one what all fields held, or -1.
 */
public final class RdmaOpening {

  private RdmaOpening() {}

  /** The header is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Closed.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Open, with all its fields.")
  @Outcome(
      id = {"1, 0", "1, -1"},
      expect = FORBIDDEN,
      desc = "Open before its fields.")
  public static class AsBuilt {

    @Actor
    void vm(SmallWindow window) {
      window.entry.open(RdmaWindowEntry.SOURCE, 1, 1, 1, 1, 1);
    }

    @Actor
    void nic(SmallWindow window, II_Result result) {
      window.entry.read(window.copy);
      result.r1 = window.copy.state == RdmaWindowEntry.CLOSED ? 0 : window.copy.generation;
      result.r2 = result.r1 == 0 ? 0 : RdmaFields.common(window.copy);
    }
  }

  /** The header is stored before the fields. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, 0", "1, -1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Open before its fields, as is to be seen.")
  public static class HeaderFirst {

    @Actor
    void vm(SmallWindow window) {
      RdmaFields.header(window, 1);
      RdmaFields.store(window, 1);
    }

    @Actor
    void nic(SmallWindow window, II_Result result) {
      window.entry.read(window.copy);
      result.r1 = window.copy.state == RdmaWindowEntry.CLOSED ? 0 : window.copy.generation;
      result.r2 = result.r1 == 0 ? 0 : RdmaFields.common(window.copy);
    }
  }
}
