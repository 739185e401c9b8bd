package io.myrixen.mx.window;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.State;

/**
 * The control lines and behind them a queue of two slots, an RDMA window and a cell of payload: as
 * much of a window as a claim needs, and so small that many fit into the caches.
 */
@State
public class SmallWindow {

  private static final int QUEUE_OFFSET = 768;
  private static final int QUEUE_CAPACITY_LOG2 = 1;
  private static final int ENTRY_OFFSET = QUEUE_OFFSET + (SlotFields.LENGTH << QUEUE_CAPACITY_LOG2);
  private static final int CELL_OFFSET = ENTRY_OFFSET + RdmaWindowEntry.LENGTH;
  private static final int LENGTH = CELL_OFFSET + Long.BYTES;

  final MemorySegment memory = MemorySegment.ofArray(new long[LENGTH / Long.BYTES]);
  final ControlLines control = new ControlLines(memory);
  final SlotWriter writer = new SlotWriter(memory, QUEUE_OFFSET, QUEUE_CAPACITY_LOG2);
  final SlotReader reader = new SlotReader(memory, QUEUE_OFFSET, QUEUE_CAPACITY_LOG2);
  final Descriptor written = new Descriptor();
  final Descriptor read = new Descriptor();
  final RdmaWindowEntry entry = new RdmaWindowEntry(memory, ENTRY_OFFSET);
  final RdmaWindowEntry.Copy copy = new RdmaWindowEntry.Copy();

  /** Makes an empty one. */
  public SmallWindow() {}

  /** A word of the queue's first slot. */
  static int slot(int offset) {
    return QUEUE_OFFSET + offset;
  }

  /** A word of the RDMA window. */
  static int entry(int offset) {
    return ENTRY_OFFSET + offset;
  }

  /** Stores an int with release and no fence. */
  final void intRelease(long offset, int value) {
    SlotFields.INT.setRelease(memory, offset, value);
  }

  /** Loads an int with acquire and no fence. */
  final int intAcquire(long offset) {
    return (int) SlotFields.INT.getAcquire(memory, offset);
  }

  /** Payload that goes with a slot or a position; nothing orders it. */
  final void payload(long value) {
    SlotFields.LONG.set(memory, CELL_OFFSET, value);
  }

  final long payload() {
    return (long) SlotFields.LONG.get(memory, CELL_OFFSET);
  }
}
