package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.memory.SegmentList;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Messages of an endpoint to itself: no NIC, and always synchronous. One that finds its receive
 * posted is copied once; of one that has to wait, an eager one is kept like any other's, and a
 * large one stays in the sender's memory.
 */
final class SelfSends {

  private final Engine engine;

  SelfSends(Engine engine) {
    this.engine = engine;
  }

  void send(Outgoing message) {
    engine.counts.selfSent++;
    engine.counts.bytesSent += message.lengthBytes;
    engine.matching.selfSent(engine.self, message);
  }

  /** Copies {@code message} to {@code kept}. Returns false if the sender's memory is gone. */
  boolean copy(Outgoing message, @Nullable MemorySegment kept) {
    if (kept != null) {
      try {
        message.segments.gather(0, kept, 0, message.lengthBytes);
      } catch (BadSegmentException gone) {
        return false; // Found out again, and told, when it is matched.
      }
    }
    message.segments.clear();
    return true;
  }

  /** Copies a message to the receive that it has been matched with, and ends both sides. */
  void deliver(EndpointRequest receive, Outgoing message) {
    long fits = Math.min(message.lengthBytes, receive.segments.lengthBytes());
    StatusCode code = StatusCode.SUCCESS;
    try {
      copy(message.segments, receive.segments, fits);
    } catch (BadSegmentException gone) {
      receive.faulty = true;
    } catch (IllegalStateException | WrongThreadException gone) {
      // The receiver's memory blames itself; this is the sender's, closed too early.
      code = StatusCode.ABORTED;
      receive.faulty = true;
    }
    delivered(receive, message, code);
  }

  /** Ends both sides of a message whose bytes have been copied as far as they fit. */
  void delivered(EndpointRequest receive, Outgoing message, StatusCode code) {
    long length = message.lengthBytes;
    long taken = receive.faulty ? 0 : Math.min(length, receive.segments.lengthBytes());
    engine.outcomes.received(receive, length);
    boolean truncated = code == StatusCode.SUCCESS && taken < length;
    engine.sender.end(message, truncated ? StatusCode.TRUNCATED : code, taken);
    engine.sender.recycle(message);
  }

  private static void copy(SegmentList from, SegmentList to, long byteCount) {
    long done = 0;
    for (int i = 0; i < from.count() && done < byteCount; i++) {
      long step = Math.min(byteCount - done, from.segment(i).byteSize());
      to.scatter(from.segment(i), 0, done, step);
      done += step;
    }
  }
}
