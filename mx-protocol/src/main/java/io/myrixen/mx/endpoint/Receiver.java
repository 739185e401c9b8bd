package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * Reads the receive-event queue in bounded batches, judges each event, and hands it to whom it
 * concerns. What the NIC claims about the receive buffer is believed within the buffer only.
 */
final class Receiver {

  /** An eighth of the default queue: progress comes by other work often enough. */
  private static final int BATCH = 64;

  private static final int TINY_MAX = 32;

  private final Engine engine;
  private final SlotReader reader;
  private final Descriptor event = new Descriptor();
  private final MemorySegment tiny = MemorySegment.ofArray(new long[TINY_MAX / Long.BYTES]);
  private final int receiveBytes;

  /** How much of the receive buffer's stream has been read. */
  private long consumed;

  Receiver(Engine engine) {
    this.engine = engine;
    WindowLayout layout = engine.layout;
    reader = new SlotReader(engine.window, layout.eventsOffset(), layout.geometry().eventsLog2());
    receiveBytes = layout.geometry().receiveBytes();
  }

  /** Whether there is an event. */
  boolean ready() {
    return reader.ready();
  }

  /** Handles at most one batch. Returns how many events there were. */
  int poll() {
    int count = 0;
    while (count < BATCH && reader.poll(event)) {
      count++;
      handle();
    }
    if (count > 0) {
      engine.control.eventsConsumedRelease(reader.position(), consumed);
    }
    if (count < BATCH) {
      engine.arrivalsSinceNs = engine.nowNs;
    }
    return count;
  }

  /** Events read since the window was made. */
  long eventsRead() {
    return reader.position();
  }

  /** Bytes of the receive buffer's stream read since the window was made. */
  long bytesRead() {
    return consumed;
  }

  private void handle() {
    switch (event.kind) {
      case Kind.TINY -> tiny();
      case Kind.SMALL -> small();
      case Kind.MEDIUM -> medium();
      case Kind.RNDV, Kind.NOTIFY -> engine.ordering.arrived(event, tiny, 0, 0);
      case Kind.ACK -> engine.acks.arrived(event);
      case Kind.CONNECT_REQUEST -> engine.connector.requested(event);
      case Kind.CONNECT_REPLY -> engine.connector.replied(event);
      case Kind.NACK -> engine.deaths.refused(event);
      case Kind.HOST_REPLY -> engine.liveness.answered(event);
      default -> engine.counts.badEvents++;
    }
  }

  private void tiny() {
    long length = event.lengthBytes();
    if (length > TINY_MAX) {
      engine.counts.badEvents++;
      return;
    }
    event.tinyTo(tiny, 0, (int) length);
    engine.ordering.arrived(event, tiny, 0, (int) length);
  }

  private void small() {
    long length = event.lengthBytes();
    if (length > WindowLayout.SMALL_CELL_BYTES || !payload((int) length)) {
      engine.counts.badEvents++;
      return;
    }
    deliver((int) length);
  }

  private void medium() {
    if (!isFragment(event) || !payload(event.fragmentLength())) {
      engine.counts.badEvents++;
      return;
    }
    deliver(event.fragmentLength());
  }

  /** Whether what {@code event} says of itself makes it one of the pieces of a medium message. */
  private static boolean isFragment(Descriptor event) {
    long length = event.lengthBytes();
    int unit = event.fragmentUnit();
    int offset = event.fragmentOffset();
    return length > 0
        && length <= WindowLayout.MEDIUM_BYTES
        && unit > 0
        && Incoming.fragmentCount(length, unit) <= Incoming.MAX_FRAGMENTS
        && offset >= 0
        && offset < length
        && offset % unit == 0
        && event.fragmentLength() == Math.min(unit, length - offset);
  }

  private void deliver(int byteCount) {
    long offset = engine.layout.receiveOffset(event.receivePosition());
    engine.ordering.arrived(event, engine.window, offset, byteCount);
  }

  /** Judges where a payload is said to lie, and counts it as read. */
  private boolean payload(int byteCount) {
    long position = event.receivePosition();
    long ahead = position - consumed;
    int alignment = WindowLayout.RECEIVE_ALIGNMENT_BYTES;
    boolean inside =
        ahead >= 0
            && ahead <= receiveBytes - byteCount
            && (position & (alignment - 1)) == 0
            && (position & (receiveBytes - 1)) <= receiveBytes - byteCount;
    if (inside) {
      consumed = (position + byteCount + alignment - 1) & -alignment;
    }
    return inside;
  }
}
