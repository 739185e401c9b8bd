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
 * A full queue's slot is written anew only after it was read: the reader's copy is of the old lap.
 * The first result is whether the writer found room, the second one what all fields of the copy
 * held, -1 if they differed, -2 if there was no slot of the old lap any more.
 */
public final class SlotReuse {

  private SlotReuse() {}

  /** A full queue: two slots of ones that nobody has read, and twos to write. */
  @State
  public static class Full extends SmallWindow {

    /** Fills it. */
    public Full() {
      writer.write(Fields.all(written, 1));
      writer.write(written);
      Fields.all(written, 2);
    }
  }

  /** Copied out of the slot, then consumed, with release. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Read; the writer found no room yet.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Read, then written anew.")
  @Outcome(id = "1, 2", expect = FORBIDDEN, desc = "Written anew before it was read.")
  @Outcome(id = "1, -1", expect = FORBIDDEN, desc = "Written anew while it was read.")
  @Outcome(id = "1, -2", expect = FORBIDDEN, desc = "Written anew before it was read: never seen.")
  public static class AsBuilt {

    @Actor
    void nic(Full queue, II_Result result) {
      if (queue.control.eventsConsumedAcquire() == 1) {
        queue.writer.write(queue.written);
        result.r1 = 1;
      }
    }

    @Actor
    void vm(Full queue, II_Result result) {
      result.r2 = queue.reader.poll(queue.read) ? Fields.common(queue.read) : -2;
      queue.control.eventsConsumedRelease(1, 0);
    }
  }

  /** Consumed before it is copied. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, 2", "1, -1", "1, -2"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Overwritten too soon, as is to be seen.")
  public static class ConsumedFirst {

    @Actor
    void nic(Full queue, II_Result result) {
      if (queue.control.eventsConsumedAcquire() == 1) {
        queue.writer.write(queue.written);
        result.r1 = 1;
      }
    }

    @Actor
    void vm(Full queue, II_Result result) {
      queue.control.eventsConsumedRelease(1, 0);
      result.r2 = queue.reader.poll(queue.read) ? Fields.common(queue.read) : -2;
    }
  }
}
