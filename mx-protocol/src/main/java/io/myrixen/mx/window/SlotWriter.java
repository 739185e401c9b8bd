package io.myrixen.mx.window;

import java.lang.foreign.MemorySegment;

/**
 * The writing end of one of a window's queues. Confined to one thread. Knows nothing of free room:
 * its owner asks for that before it writes.
 */
public final class SlotWriter {

  private final MemorySegment window;
  private final long queueOffset;
  private final int capacityLog2;
  private long position;

  /**
   * Begins at position 0 of the queue of {@code 1 << capacityLog2} slots at {@code queueOffset}.
   */
  public SlotWriter(MemorySegment window, long queueOffset, int capacityLog2) {
    this.window = window;
    this.queueOffset = queueOffset;
    this.capacityLog2 = capacityLog2;
  }

  /** How many slots have been written since the window was made; never read back from memory. */
  public long position() {
    return position;
  }

  /** Writes the next slot and lets the reader see it. */
  public void write(Descriptor descriptor) {
    MemorySegment memory = window;
    long slot = queueOffset + ((position & ((1L << capacityLog2) - 1)) * SlotFields.LENGTH);
    long sequenceAndSession =
        (descriptor.sequence & 0xFFFFL)
            | (descriptor.ack & 0xFFFFL) << 16
            | (descriptor.session & 0xFFFFFFFFL) << 32;
    SlotFields.LONG_UNALIGNED.set(
        memory, slot + SlotFields.SEQUENCE_AND_SESSION_OFFSET, sequenceAndSession);
    SlotFields.INT.set(memory, slot + SlotFields.LENGTH_OFFSET, descriptor.length);
    SlotFields.LONG.set(memory, slot + SlotFields.MATCH_INFO_OFFSET, descriptor.matchInfo);
    SlotFields.LONG.set(memory, slot + SlotFields.NIC_ID_OFFSET, descriptor.nicId);
    SlotFields.LONG.set(memory, slot + SlotFields.DETAIL_OFFSET, descriptor.detail0);
    SlotFields.LONG.set(memory, slot + SlotFields.DETAIL_OFFSET + 8, descriptor.detail1);
    SlotFields.LONG.set(memory, slot + SlotFields.DETAIL_OFFSET + 16, descriptor.detail2);
    SlotFields.LONG.set(memory, slot + SlotFields.DETAIL_OFFSET + 24, descriptor.detail3);
    int header = SlotFields.header(descriptor.kind, descriptor.endpoint, position, capacityLog2);
    // Release: the slot's other words, and payload stored before, are visible to who sees the lap.
    SlotFields.INT.setRelease(memory, slot + SlotFields.HEADER_OFFSET, header);
    position++;
  }
}
