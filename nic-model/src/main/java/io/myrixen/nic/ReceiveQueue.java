package io.myrixen.nic;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * An endpoint's receive-event queue and receive buffer as the NIC writes them. Payload lies in
 * contiguous chunks that begin on cache lines; one that would wrap begins at the ring's start
 * instead, and the event says where.
 */
final class ReceiveQueue {

  private final MemorySegment window;
  private final WindowLayout layout;
  private final ControlLines control;
  private final SlotWriter writer;
  private final int eventCapacity;
  private final long byteCapacity;
  private final long quarterBytes;
  private long eventsConsumed;
  private long bytesProduced;
  private long bytesConsumed;

  ReceiveQueue(MemorySegment window, WindowLayout layout, ControlLines control) {
    this.window = window;
    this.layout = layout;
    this.control = control;
    this.writer = new SlotWriter(window, layout.eventsOffset(), layout.geometry().eventsLog2());
    this.eventCapacity = layout.geometry().eventCount();
    this.byteCapacity = layout.geometry().receiveBytes();
    this.quarterBytes = Math.max(byteCapacity / 4, 2L * WindowLayout.MEDIUM_BYTES);
  }

  /**
   * Whether an event with {@code payloadBytes} in the receive buffer finds room.
   *
   * @throws EndpointFault if the VM claims to have consumed what it cannot
   */
  boolean hasRoom(int payloadBytes) {
    if (fits(payloadBytes)) {
      return true;
    }
    judgeConsumed();
    return fits(payloadBytes);
  }

  /**
   * Whether so much is free that senders may try again: a quarter, so that they come in batches,
   * and no less than the longest message needs wherever the next one begins.
   *
   * @throws EndpointFault if the VM claims to have consumed what it cannot
   */
  boolean hasRegainedQuarter() {
    judgeConsumed();
    long events = eventCapacity - (writer.position() - eventsConsumed);
    long bytes = byteCapacity - (bytesProduced - bytesConsumed);
    return events >= eventCapacity / 4 && bytes >= quarterBytes;
  }

  private boolean fits(int payloadBytes) {
    return writer.position() - eventsConsumed < eventCapacity
        && chunkEnd(chunkStart(payloadBytes), payloadBytes) - bytesConsumed <= byteCapacity;
  }

  private void judgeConsumed() {
    // Acquire: pairs with eventsConsumedRelease; the VM has read what it gives back.
    long events = control.eventsConsumedAcquire();
    if (events < eventsConsumed || events > writer.position()) {
      throw new EndpointFault("events consumed", events);
    }
    long bytes = control.receiveConsumedAcquire();
    if (bytes < bytesConsumed || bytes > bytesProduced) {
      throw new EndpointFault("receive bytes consumed", bytes);
    }
    eventsConsumed = events;
    bytesConsumed = bytes;
  }

  private long chunkStart(int payloadBytes) {
    long offset = bytesProduced & (byteCapacity - 1);
    return offset + payloadBytes > byteCapacity
        ? bytesProduced + byteCapacity - offset
        : bytesProduced;
  }

  private static long chunkEnd(long start, int payloadBytes) {
    return (start + payloadBytes + WindowLayout.RECEIVE_ALIGNMENT_BYTES - 1)
        & -WindowLayout.RECEIVE_ALIGNMENT_BYTES;
  }

  /** Copies the packet's payload, if it has any, and writes its event. There is room for both. */
  void write(Packet packet) {
    Descriptor event = packet.event();
    int payloadBytes = packet.payloadBytes();
    if (event.kind == Kind.SMALL || event.kind == Kind.MEDIUM) {
      long start = chunkStart(payloadBytes);
      packet.copyPayload(0, payloadBytes, window, layout.receiveOffset(start));
      bytesProduced = chunkEnd(start, payloadBytes);
      event.receivePosition(start);
    }
    writer.write(event);
  }

  /** Writes an event without payload. There is room for it. */
  void write(Descriptor event) {
    writer.write(event);
  }
}
