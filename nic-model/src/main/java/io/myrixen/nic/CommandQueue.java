package io.myrixen.nic;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * An endpoint's send queue as the NIC reads it. Each command is copied once, into {@link #current};
 * one that cannot be executed yet is held there and comes again.
 */
final class CommandQueue {

  private final ControlLines control;
  private final SlotReader reader;
  private final int quarterLog2;
  private final Descriptor current = new Descriptor();
  private boolean held;
  private int progress;
  private long published;

  CommandQueue(MemorySegment window, WindowLayout layout, ControlLines control) {
    int capacityLog2 = layout.geometry().commandsLog2();
    this.control = control;
    this.reader = new SlotReader(window, layout.commandsOffset(), capacityLog2);
    this.quarterLog2 = capacityLog2 - 2;
  }

  /** Makes the next command {@link #current}. */
  boolean next() {
    if (held) {
      held = false;
      return true;
    }
    progress = 0;
    return reader.poll(current);
  }

  /** The command that {@link #next} found. */
  Descriptor current() {
    return current;
  }

  /** Where the current command stands in the queue. */
  long currentPosition() {
    return reader.position() - 1;
  }

  /** The current command cannot be executed yet: it is not consumed, and comes again. */
  void hold() {
    held = true;
  }

  /** Holds the current command, of which the first {@code doneBytes} are executed. */
  void hold(int doneBytes) {
    held = true;
    progress = doneBytes;
  }

  /** How many bytes of the current command were executed before it was held. */
  int progress() {
    return progress;
  }

  boolean holds() {
    return held;
  }

  /** Whether the VM has written a command that has not been copied yet. */
  boolean ready() {
    return reader.ready();
  }

  /**
   * Gives the slots of all commands executed back, once their payload has been read and their
   * completions written.
   *
   * @return whether a quarter of the queue has been passed: a VM asleep over a full queue is worth
   *     waking then, and one that sleeps after each message is not woken for nothing
   */
  boolean publish() {
    long consumed = reader.position() - (held ? 1 : 0);
    if (consumed == published) {
      return false;
    }
    boolean quarter = consumed >>> quarterLog2 != published >>> quarterLog2;
    published = consumed;
    control.commandsConsumedRelease(consumed);
    return quarter;
  }
}
