package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.memory.SegmentList;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Messages of an endpoint to itself: no NIC, and always synchronous. One that finds its receive
 * posted is copied once; of one that has to wait, an eager one is kept like any other's, and a
 * large one stays in the sender's memory.
 */
final class SelfSends {

  private final Engine engine;

  /** Sent while the handler could not be asked, oldest first: all wait, to stay in order. */
  private final ArrayDeque<Outgoing> deferred = new ArrayDeque<>();

  SelfSends(Engine engine) {
    this.engine = engine;
  }

  void send(Outgoing message) {
    engine.counts.selfSent++;
    engine.counts.bytesSent += message.lengthBytes;
    if (deferred.isEmpty() && !(engine.handling.wanted() && engine.handling.paused())) {
      match(message);
    } else {
      deferred.add(message);
      engine.outcomes.news++; // For whoever makes the next pass.
    }
  }

  /** Whether messages wait until the handler may be asked about them. */
  boolean defers() {
    return !deferred.isEmpty();
  }

  /** Matches those that were sent while the handler could not be asked. Returns how many. */
  int matchDeferred() {
    int limit = deferred.size(); // The handler may send more.
    int count = 0;
    while (count < limit && !deferred.isEmpty()) {
      match(deferred.remove());
      count++;
    }
    return count;
  }

  private void match(Outgoing message) {
    EndpointRequest receive = engine.matching.takePosted(engine.self, message);
    if (receive == null) {
      engine.counts.unexpected++;
      if (offer(message) == Action.FINISHED) {
        finished(message);
        return;
      }
      receive = engine.matching.takePosted(engine.self, message);
    }
    if (receive == null) {
      engine.matching.selfWaits(engine.self, message);
    } else {
      deliver(receive, message);
    }
  }

  private Action offer(Outgoing message) {
    return engine.handling.wanted()
        ? engine.handling.offer(
            engine.self, message.matchInfo, message.lengthBytes, Handling.shown(message))
        : Action.CONTINUE;
  }

  /** The handler has taken care of a message: its sender sees what that of any other one sees. */
  private void finished(Outgoing message) {
    if (message.kind == Kind.RNDV && message.lengthBytes > 0) {
      drop(message, StatusCode.TRUNCATED);
    } else {
      engine.sender.end(message, StatusCode.SUCCESS, message.lengthBytes);
      engine.sender.recycle(message);
    }
  }

  /** Ends a message of which nothing has been taken. */
  void drop(Outgoing message, StatusCode status) {
    engine.sender.end(message, status, 0);
    engine.sender.recycle(message);
  }

  /** Ends those that wait for the handler and whose time has passed. Returns how many. */
  int expire(long nowNs) {
    int expired = 0;
    for (int i = deferred.size(); i > 0; i--) {
      Outgoing message = deferred.remove();
      if (engine.deadlines.passed(message.request, nowNs)) {
        drop(message, StatusCode.TIMEOUT);
        expired++;
      } else {
        deferred.add(message);
      }
    }
    return expired;
  }

  /** Ends the messages that have not been offered to anybody yet. */
  void dropDeferred(StatusCode status) {
    while (!deferred.isEmpty()) {
      drop(deferred.remove(), status);
    }
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
