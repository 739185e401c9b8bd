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
 * A VM opens an RDMA window anew while the NIC copies it: the copy is of one of the two, or closed.
 * The first result is the generation that was read, 0 for closed, the second one what all fields
 * held, or -1.
 */
public final class RdmaReopening {

  private RdmaReopening() {}

  /** A window that is open as generation 1, and shows region 1. */
  @State
  public static class Open extends SmallWindow {

    /** Opens it. */
    public Open() {
      entry.open(RdmaWindowEntry.SOURCE, 1, 1, 1, 1, 1);
    }
  }

  /** Closed, filled, opened; the header is looked at before and after. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Closed, or opened anew meanwhile.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The old window.")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "The new window.")
  @Outcome(id = "1, 2", expect = FORBIDDEN, desc = "The new fields under the old generation.")
  @Outcome(id = "2, 1", expect = FORBIDDEN, desc = "The old fields under the new generation.")
  @Outcome(
      id = {"1, -1", "2, -1"},
      expect = FORBIDDEN,
      desc = "Fields of both.")
  public static class AsBuilt {

    @Actor
    void vm(Open window) {
      window.entry.open(RdmaWindowEntry.SOURCE, 2, 2, 2, 2, 2);
    }

    @Actor
    void nic(Open window, II_Result result) {
      window.entry.read(window.copy);
      result.r1 = window.copy.state == RdmaWindowEntry.CLOSED ? 0 : window.copy.generation;
      result.r2 = result.r1 == 0 ? 0 : RdmaFields.common(window.copy);
    }
  }

  /** The fields change under the old header. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, 2", "2, 1", "1, -1", "2, -1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Mixed, as is to be seen.")
  public static class WithoutClosing {

    @Actor
    void vm(Open window) {
      RdmaFields.store(window, 2);
      RdmaFields.header(window, 2);
    }

    @Actor
    void nic(Open window, II_Result result) {
      window.entry.read(window.copy);
      result.r1 = window.copy.state == RdmaWindowEntry.CLOSED ? 0 : window.copy.generation;
      result.r2 = result.r1 == 0 ? 0 : RdmaFields.common(window.copy);
    }
  }

  /** The header is looked at once, before the fields. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, 2", "2, 1", "1, -1", "2, -1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Mixed, as is to be seen.")
  public static class WithoutSecondLook {

    @Actor
    void vm(Open window) {
      window.entry.open(RdmaWindowEntry.SOURCE, 2, 2, 2, 2, 2);
    }

    @Actor
    void nic(Open window, II_Result result) {
      RdmaFields.readOnce(window);
      result.r1 = window.copy.state == RdmaWindowEntry.CLOSED ? 0 : window.copy.generation;
      result.r2 = result.r1 == 0 ? 0 : RdmaFields.common(window.copy);
    }
  }
}
