package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.memory.SegmentList;

/**
 * Messages of an endpoint to itself: no NIC, one copy from memory to memory when matched, and
 * always synchronous.
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

  /** Ends both sides of a message that has been matched. */
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
    engine.outcomes.received(receive, message.lengthBytes);
    if (code == StatusCode.SUCCESS && fits < message.lengthBytes) {
      code = StatusCode.TRUNCATED;
    }
    engine.sender.end(message, code, fits);
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
