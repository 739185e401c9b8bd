package io.myrixen.mx;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Is offered each message that arrives before its receive, in order of arrival, before it is kept.
 *
 * <p>It runs inside whatever call makes progress, or on the driver's thread, one message at a time
 * and never while progression is disabled. Inside, everything may be called that begins, looks at
 * or takes a request: a receive posted for this very message gets it. No progress is made: waits
 * return at once what is there already, {@link Endpoint#connect} reports {@code TIMEOUT} unless it
 * is to this endpoint, {@link Endpoint#close()} is refused with {@code CLOSE_IN_HANDLER}, and what
 * has to ask the driver (allocating, freeing, looking names up) with {@code BUSY}. It must not
 * block: other threads wait for it at the endpoint's gate.
 *
 * <p>What it throws counts as {@link Action#CONTINUE} and goes to the uncaught exception handler of
 * the thread it runs on.
 */
@FunctionalInterface
public interface UnexpectedHandler {

  /** Messages up to this length, if they came in one piece, are shown with their payload. */
  int MAX_DATA_BYTES = 4_096;

  /** What is to become of a message. */
  enum Action {
    /** It goes to a matching receive, perhaps one just posted, or else waits for one. */
    CONTINUE,

    /**
     * It has been taken care of and is dropped. The sender of a large or synchronous one sees
     * {@code TRUNCATED} with nothing transferred, or {@code SUCCESS} if it was empty; any other
     * sender sees {@code SUCCESS}.
     */
    FINISHED
  }

  /**
   * Decides about a message.
   *
   * @param source who sent it; may be sent to
   * @param lengthBytes its length, 0 to 4 GiB - 1
   * @param data its payload, read-only, to be looked at only until this method returns; null for a
   *     message that is longer than {@link #MAX_DATA_BYTES}, in several fragments, or synchronous
   */
  Action onUnexpected(
      EndpointAddress source, long matchInfo, long lengthBytes, @Nullable MemorySegment data);
}
