package io.myrixen.mx.endpoint;

import io.myrixen.mx.UnexpectedHandler;
import io.myrixen.mx.UnexpectedHandler.Action;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The application's handler of unexpected messages, and whether it may run: not within itself, and
 * not while progression is disabled. What is shown to it is the same on every path.
 */
final class Handling {

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]).asReadOnly();

  private @Nullable UnexpectedHandler handler;
  private boolean running;
  private boolean disabled;

  /** Sets or, with null, takes away the handler. */
  void handler(@Nullable UnexpectedHandler value) {
    handler = value;
  }

  /** Whether unexpected messages are to be offered. */
  boolean wanted() {
    return handler != null;
  }

  /** Whether the handler runs now: in the thread that asks, since it is inside the gate. */
  boolean running() {
    return running;
  }

  /** Disables or enables progression; does not nest. */
  void disabled(boolean value) {
    disabled = value;
  }

  /** Whether the application has disabled progression. */
  boolean disabled() {
    return disabled;
  }

  /** Whether the handler must not be called now. */
  boolean paused() {
    return running || disabled;
  }

  /** Asks the handler about a message; {@code CONTINUE} if there is none. */
  Action offer(Partner source, long info, long lengthBytes, @Nullable MemorySegment data) {
    UnexpectedHandler asked = handler;
    if (asked == null) {
      return Action.CONTINUE;
    }
    running = true;
    try {
      return asked.onUnexpected(source, info, lengthBytes, data);
    } finally {
      running = false;
    }
  }

  /** What is shown of a message whose bytes lie in {@code from}, if they are all there. */
  static @Nullable MemorySegment shown(
      int kind, long lengthBytes, boolean whole, @Nullable MemorySegment from, long offset) {
    if (kind == Kind.RNDV || !whole || lengthBytes > UnexpectedHandler.MAX_DATA_BYTES) {
      return null;
    }
    return from == null || lengthBytes == 0
        ? NOTHING
        : from.asSlice(offset, lengthBytes).asReadOnly();
  }

  /** What is shown of a message to oneself, which lies in the sender's memory. */
  static @Nullable MemorySegment shown(Outgoing message) {
    long length = message.lengthBytes;
    MemorySegment one = Larges.single(message.segments);
    if (one != null || length == 0 || length > UnexpectedHandler.MAX_DATA_BYTES) {
      return shown(message.kind, length, true, one, 0);
    }
    MemorySegment gathered = MemorySegment.ofArray(new byte[(int) length]);
    try {
      message.segments.gather(0, gathered, 0, length);
    } catch (BadSegmentException gone) {
      return null; // Found out again, and told, when it is matched.
    }
    return shown(message.kind, length, true, gathered, 0);
  }
}
