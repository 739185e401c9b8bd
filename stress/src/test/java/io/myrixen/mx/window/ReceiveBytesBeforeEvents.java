package io.myrixen.mx.window;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What a VM has consumed of the receive buffer is published before the events: a NIC that sees the
 * events' position sees the bytes'. The first result is the events, the second one the bytes.
 */
public final class ReceiveBytesBeforeEvents {

  private ReceiveBytesBeforeEvents() {}

  /** Two stores with release. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "There, with what goes before it.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Room for an event whose bytes seem taken.")
  public static class AsBuilt {

    @Actor
    void vm(SmallWindow window) {
      window.control.eventsConsumedRelease(1, 64);
    }

    @Actor
    void nic(SmallWindow window, II_Result result) {
      if (window.control.eventsConsumedAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.control.receiveConsumedAcquire() == 64 ? 1 : 0;
      }
    }
  }

  /** The events before the bytes. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The wrong order, as is to be seen.")
  public static class EventsFirst {

    @Actor
    void vm(SmallWindow window) {
      SlotFields.LONG.setRelease(window.memory, ControlLines.EVENTS_CONSUMED_OFFSET, 1L);
      SlotFields.LONG.setRelease(window.memory, ControlLines.RECEIVE_CONSUMED_OFFSET, 64L);
    }

    @Actor
    void nic(SmallWindow window, II_Result result) {
      if (window.control.eventsConsumedAcquire() == 1) {
        result.r1 = 1;
        result.r2 = window.control.receiveConsumedAcquire() == 64 ? 1 : 0;
      }
    }
  }
}
