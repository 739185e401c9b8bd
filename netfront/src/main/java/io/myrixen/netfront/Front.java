package io.myrixen.netfront;

import io.myrixen.mx.board.Board;
import java.util.List;

/**
 * The way from a process to its boards, stepped by the control thread. When {@link #doWork} returns
 * 0 that thread may sleep, until {@link #nextDeadlineNs} at most.
 */
interface Front extends AutoCloseable {

  /** Does what is due, and never blocks; returns how much there was to do. */
  int doWork();

  /** Returns nanoseconds until a request times out, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNs();

  /** The boards that are known; a copy that does not change. Any thread. */
  List<Board> boards();

  /** Whether there are devices, and all are connected. Any thread. */
  boolean allConnected();

  /** Whether there are devices. Any thread. */
  boolean anyDevice();

  /** Whether they will never be connected, however long one waits. Any thread. */
  boolean refused();

  /** What there is and where it stands, in words. Any thread. */
  String status();

  /** Begins to part with every device; done once {@link #left}. */
  void leave();

  /** Whether nothing is shared with any driver domain. */
  boolean left();

  /** Nobody is there to talk to: what remains is to close what the application has open. */
  void fail(String reason);

  /** Gives everything back, and what the application still has open; asks nobody any more. */
  void abort(String reason);

  /** Ends it. What waits to be done fails. Idempotent. */
  @Override
  void close();
}
