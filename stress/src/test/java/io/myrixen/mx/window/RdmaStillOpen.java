package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A VM opens an RDMA window anew and then uses its memory: a NIC that has seen the use finds the
 * old generation gone. The first result is the use, the second one whether the old window is open.
 */
public final class RdmaStillOpen {

  private RdmaStillOpen() {}

  /** A window that is open as generation 1, and shows region 1. */
  @State
  public static class Open extends SmallWindow {

    /** Opens it. */
    public Open() {
      entry.open(RdmaWindowEntry.SOURCE, 1, 1, 1, 1, 1);
    }
  }

  /** Opened anew before the memory is used. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The old window, before it was closed.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not open any more.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE,
      desc = "The memory has its next use, and the pull stops.")
  @Outcome(
      id = "1, 1",
      expect = FORBIDDEN,
      desc = "A pull goes on into memory that has its next use.")
  public static class AsBuilt {

    @Actor
    void vm(Open window) {
      window.entry.open(RdmaWindowEntry.SOURCE, 2, 2, 2, 2, 2);
      window.payload(1);
    }

    @Actor
    void nic(Open window, II_Result result) {
      window.copy.state = RdmaWindowEntry.SOURCE;
      window.copy.generation = 1;
      result.r1 = (int) window.payload();
      VarHandle.acquireFence();
      result.r2 = window.entry.stillOpen(window.copy) ? 1 : 0;
    }
  }

  /** The memory is used before the window is opened anew. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "It goes on, as is to be seen.")
  public static class MemoryFirst {

    @Actor
    void vm(Open window) {
      window.payload(1);
      window.entry.open(RdmaWindowEntry.SOURCE, 2, 2, 2, 2, 2);
    }

    @Actor
    void nic(Open window, II_Result result) {
      window.copy.state = RdmaWindowEntry.SOURCE;
      window.copy.generation = 1;
      result.r1 = (int) window.payload();
      VarHandle.acquireFence();
      result.r2 = window.entry.stillOpen(window.copy) ? 1 : 0;
    }
  }
}
