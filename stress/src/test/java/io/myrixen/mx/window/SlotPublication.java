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
 * A slot is written where one of the lap before stands: a reader gets nothing or all of the new
 * one. The first result is whether it got one, the second one what all fields held, or -1.
 */
public final class SlotPublication {

  private SlotPublication() {}

  /** A queue whose first slot has been through a lap, which holds ones. */
  @State
  public static class SecondLap extends SmallWindow {

    /** Writes and reads both slots, and has twos to write. */
    public SecondLap() {
      for (int i = 0; i < 2; i++) {
        writer.write(Fields.all(written, 1));
        reader.poll(read);
      }
      Fields.all(written, 2);
    }
  }

  /** The lap is stored last, with release, and looked at first, with acquire. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing yet.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The slot of this lap, all of it.")
  @Outcome(id = "1, -1", expect = FORBIDDEN, desc = "Fields of both laps.")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "The lap before once more.")
  public static class AsBuilt {

    @Actor
    void writer(SecondLap queue) {
      queue.writer.write(queue.written);
    }

    @Actor
    void reader(SecondLap queue, II_Result result) {
      if (queue.reader.poll(queue.read)) {
        result.r1 = 1;
        result.r2 = Fields.common(queue.read);
      }
    }
  }

  /** The lap is stored before the rest of the slot. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, -1", "1, 1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Torn, as is to be seen.")
  public static class LapFirst {

    @Actor
    void writer(SecondLap queue) {
      int header = SlotFields.header(2, 2, 2, 1);
      queue.intRelease(SmallWindow.slot(SlotFields.HEADER_OFFSET), header);
      queue.writer.write(queue.written);
    }

    @Actor
    void reader(SecondLap queue, II_Result result) {
      if (queue.reader.poll(queue.read)) {
        result.r1 = 1;
        result.r2 = Fields.common(queue.read);
      }
    }
  }

  /** The lap is stored last, without release: neither x86 nor, so far, its compilers show it. */
  @JCStressTest
  @Outcome(expect = ACCEPTABLE, desc = "As it is to be.")
  @Outcome(
      id = {"1, -1", "1, 1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Torn, as other processors show it.")
  public static class WithoutRelease {

    @Actor
    void writer(SecondLap queue) {
      Fields.storePlain(queue, 2, 2);
    }

    @Actor
    void reader(SecondLap queue, II_Result result) {
      if (queue.reader.poll(queue.read)) {
        result.r1 = 1;
        result.r2 = Fields.common(queue.read);
      }
    }
  }
}
