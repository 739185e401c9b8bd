package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.WindowLayout;

/** Reads the completion queue: commands that a full receiver returned, and pulls that ended. */
final class Completions {

  private final Engine engine;
  private final SlotReader reader;
  private final int capacity;
  private final Descriptor completion = new Descriptor();

  Completions(Engine engine) {
    this.engine = engine;
    WindowLayout layout = engine.layout;
    reader =
        new SlotReader(
            engine.window, layout.completionsOffset(), layout.geometry().completionsLog2());
    capacity = layout.geometry().completionCount();
  }

  /** Whether there is a completion. */
  boolean ready() {
    return reader.ready();
  }

  /** Completions read since the window was made. */
  long read() {
    return reader.position();
  }

  /**
   * Handles all there are. There cannot be more than the queue holds before their consumption is
   * published, whatever the NIC does.
   */
  int drain() {
    int count = 0;
    while (count < capacity && reader.poll(completion)) {
      count++;
      switch (completion.kind) {
        case Kind.RECEIVER_FULL -> engine.resends.refused(completion);
        case Kind.PULL_DONE -> engine.pulls.done(completion);
        default -> engine.counts.badEvents++;
      }
    }
    if (count > 0) {
      engine.control.completionsConsumedRelease(reader.position());
    }
    return count;
  }
}
