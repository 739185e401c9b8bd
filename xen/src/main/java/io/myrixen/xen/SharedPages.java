package io.myrixen.xen;

import java.lang.foreign.MemorySegment;

/** Pages that two domains have mapped, seen from one of them. */
public interface SharedPages extends AutoCloseable {

  /** How many pages, at least 1. */
  int pageCount();

  /** The pages, in one range. Any thread may use it; after {@link #close} it throws. */
  MemorySegment memory();

  /**
   * Lets the other domain know when this process gives the pages back, by {@link #close} or because
   * it ends, however: then the byte at {@code offsetBytes} becomes 0, and {@code channel}'s other
   * end is notified. It is not told of the end of the whole domain: for that it watches the store.
   * Does nothing on substrates where {@link EventChannel#peerGone} tells of every end of a process.
   *
   * <p>To be called before the other domain is told of the pages or of the channel; a later call
   * replaces an earlier one.
   *
   * @param offsetBytes within the pages, which are writable
   * @param channel one of this process's, open
   * @throws XenException with {@code SYSTEM} if the system refuses
   */
  default void announceEnd(long offsetBytes, EventChannel channel) {}

  /** Gives them back on this side. Idempotent. */
  @Override
  void close();
}
