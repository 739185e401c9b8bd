package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * The writing end of the send queue, with its credits. Room is what the NIC had taken when {@link
 * #credit} was last called, and the caller has drained the completions since: hence the completion
 * queue, twice as long, never overflows.
 */
final class Commands {

  private final ControlLines control;
  private final WindowLayout layout;
  private final MemorySegment window;
  private final SlotWriter writer;
  private final int capacity;
  private final Descriptor scratch = new Descriptor();
  private long consumed;

  Commands(MemorySegment window, WindowLayout layout, ControlLines control) {
    this.control = control;
    this.layout = layout;
    this.window = window;
    writer = new SlotWriter(window, layout.commandsOffset(), layout.geometry().commandsLog2());
    capacity = layout.geometry().commandCount();
  }

  /** How many commands the NIC says it has taken: to be drained up to, then credited. */
  long consumedByNic() {
    return control.commandsConsumedAcquire();
  }

  /** Makes room up to {@code claimed}, if that can be true. Returns whether it was news. */
  boolean credit(long claimed) {
    if (claimed <= consumed || claimed > writer.position()) {
      return false;
    }
    consumed = claimed;
    return true;
  }

  int room() {
    return capacity - (int) (writer.position() - consumed);
  }

  /** Whether the NIC has taken every command. */
  boolean allTaken() {
    return consumedByNic() == writer.position();
  }

  /** How many commands have been written. */
  long written() {
    return writer.position();
  }

  /** A cleared descriptor to be filled in and submitted before anything else is begun. */
  Descriptor begin(int kind, Partner to) {
    scratch.clear();
    scratch.kind = kind;
    scratch.nicId = to.nicId();
    scratch.endpoint = to.endpointId();
    return scratch;
  }

  /** A cleared descriptor towards an address that may be no partner's. */
  Descriptor begin(int kind, long nicId, int endpointId) {
    scratch.clear();
    scratch.kind = kind;
    scratch.nicId = nicId;
    scratch.endpoint = endpointId;
    return scratch;
  }

  /** Puts a payload into the cell of the command that is submitted next. */
  void smallPayload(MemorySegment source, long offset, long count) {
    MemorySegment.copy(source, offset, window, layout.smallCellOffset(writer.position()), count);
  }

  void submit() {
    writer.write(scratch);
  }
}
