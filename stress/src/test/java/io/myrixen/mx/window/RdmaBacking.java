package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A VM gives an announced window its ring while the NIC copies it: who reads a source reads its
 * ring. The first result is the state, the second one what all fields of a source held, or -1.
 */
public final class RdmaBacking {

  private RdmaBacking() {}

  /** A window that is announced as generation 1, without memory. */
  @State
  public static class Announced extends SmallWindow {

    /** Announces it. */
    public Announced() {
      entry.open(RdmaWindowEntry.ANNOUNCED, 1, 0, 0, 9, 0);
    }
  }

  /** The header is stored last, with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It got its ring meanwhile.")
  @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "Announced: the pull waits.")
  @Outcome(id = "1, 9", expect = ACCEPTABLE, desc = "A source, with its ring.")
  @Outcome(
      id = {"1, 0", "1, -1"},
      expect = FORBIDDEN,
      desc = "A source without its ring.")
  public static class AsBuilt {

    @Actor
    void vm(Announced window) {
      window.entry.back(1, 9, 9, 9);
    }

    @Actor
    void nic(Announced window, II_Result result) {
      window.entry.read(window.copy);
      result.r1 = window.copy.state;
      result.r2 = result.r1 == RdmaWindowEntry.SOURCE ? RdmaFields.common(window.copy) : 0;
    }
  }

  /** The header is stored before the ring. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, 0", "1, -1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A source without its ring, as is to be seen.")
  public static class HeaderFirst {

    @Actor
    void vm(Announced window) {
      RdmaFields.header(window, 1);
      RdmaFields.store(window, 9);
    }

    @Actor
    void nic(Announced window, II_Result result) {
      window.entry.read(window.copy);
      result.r1 = window.copy.state;
      result.r2 = result.r1 == RdmaWindowEntry.SOURCE ? RdmaFields.common(window.copy) : 0;
    }
  }
}
