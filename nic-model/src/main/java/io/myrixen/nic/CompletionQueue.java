package io.myrixen.nic;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * An endpoint's completion queue as the NIC writes it. Cannot overflow: a command is taken only
 * while a completion for it has room beside those that pulls in progress will need.
 */
final class CompletionQueue {

  private final ControlLines control;
  private final SlotWriter writer;
  private final int capacity;
  private long consumed;
  private int reserved;

  CompletionQueue(MemorySegment window, WindowLayout layout, ControlLines control) {
    this.control = control;
    this.writer =
        new SlotWriter(window, layout.completionsOffset(), layout.geometry().completionsLog2());
    this.capacity = layout.geometry().completionCount();
  }

  /**
   * Whether one more command may be taken.
   *
   * @throws EndpointFault if the VM claims to have consumed what it cannot
   */
  boolean hasRoom() {
    if (free() > 0) {
      return true;
    }
    long claimed = control.completionsConsumedAcquire();
    if (claimed < consumed || claimed > writer.position()) {
      throw new EndpointFault("completions consumed", claimed);
    }
    consumed = claimed;
    return free() > 0;
  }

  private long free() {
    return capacity - reserved - (writer.position() - consumed);
  }

  /** Keeps room for the completion of a pull that has begun. */
  void reserve() {
    reserved++;
  }

  /** Gives back what {@link #reserve} kept, just before the completion is written. */
  void unreserve() {
    reserved--;
  }

  /** Writes a completion for which there is room. */
  void write(Descriptor completion) {
    writer.write(completion);
  }
}
