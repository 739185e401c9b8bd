package io.myrixen.mx.window;

import java.lang.foreign.MemorySegment;

/**
 * The reading end of one of a window's queues, whose writing end is not trusted. Confined to one
 * thread. A hostile writer can make it see garbage, slot by slot, and no more than its owner polls
 * for.
 */
public final class SlotReader {

  private final MemorySegment window;
  private final long queueOffset;
  private final int capacityLog2;
  private long position;

  /**
   * Begins at position 0 of the queue of {@code 1 << capacityLog2} slots at {@code queueOffset}.
   */
  public SlotReader(MemorySegment window, long queueOffset, int capacityLog2) {
    this.window = window;
    this.queueOffset = queueOffset;
    this.capacityLog2 = capacityLog2;
  }

  /** How many slots have been read since the window was made; never read back from memory. */
  public long position() {
    return position;
  }

  /** Whether a slot is ready to be read. */
  public boolean ready() {
    int header = (int) SlotFields.INT.getAcquire(window, slotOffset());
    return header >>> 16 == SlotFields.lap(position, capacityLog2);
  }

  /**
   * Copies the next slot, once, and moves on.
   *
   * @return whether there was one
   */
  public boolean poll(Descriptor into) {
    MemorySegment memory = window;
    long slot = slotOffset();
    // Acquire: pairs with the release in SlotWriter.write.
    int header = (int) SlotFields.INT.getAcquire(memory, slot + SlotFields.HEADER_OFFSET);
    if (header >>> 16 != SlotFields.lap(position, capacityLog2)) {
      return false;
    }
    long sequenceAndSession =
        (long) SlotFields.LONG_UNALIGNED.get(memory, slot + SlotFields.SEQUENCE_AND_SESSION_OFFSET);
    into.kind = header & 0xFF;
    into.endpoint = header >>> 8 & 0xFF;
    into.sequence = (int) sequenceAndSession & 0xFFFF;
    into.ack = (int) (sequenceAndSession >>> 16) & 0xFFFF;
    into.session = (int) (sequenceAndSession >>> 32);
    into.length = (int) SlotFields.INT.get(memory, slot + SlotFields.LENGTH_OFFSET);
    into.matchInfo = (long) SlotFields.LONG.get(memory, slot + SlotFields.MATCH_INFO_OFFSET);
    into.nicId = (long) SlotFields.LONG.get(memory, slot + SlotFields.NIC_ID_OFFSET);
    into.detail0 = (long) SlotFields.LONG.get(memory, slot + SlotFields.DETAIL_OFFSET);
    into.detail1 = (long) SlotFields.LONG.get(memory, slot + SlotFields.DETAIL_OFFSET + 8);
    into.detail2 = (long) SlotFields.LONG.get(memory, slot + SlotFields.DETAIL_OFFSET + 16);
    into.detail3 = (long) SlotFields.LONG.get(memory, slot + SlotFields.DETAIL_OFFSET + 24);
    position++;
    return true;
  }

  private long slotOffset() {
    return queueOffset + ((position & ((1L << capacityLog2) - 1)) * SlotFields.LENGTH);
  }
}
