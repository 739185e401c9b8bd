package io.myrixen.xen;

/**
 * A place for one thread to sleep until something it added is pending: an {@link EventChannel} with
 * a notification or without a peer, a {@link XenStore} with an unread watch event or a dead
 * connection. Level triggered: what is not drained wakes again at once. Only {@link #wakeUp} may be
 * called from other threads.
 */
public interface Waiter extends AutoCloseable {

  /** Adds {@code source}, of the same domain as this waiter. Adding twice changes nothing. */
  void add(Pollable source);

  /**
   * Removes {@code source}, if it is there. Closing a source does not remove it: remove it first.
   */
  void remove(Pollable source);

  /**
   * Sleeps until something is pending, {@link #wakeUp} is or was called since the last return, the
   * thread is interrupted, or time has passed. The interrupt stays set.
   *
   * @param timeoutNs nanoseconds; 0 only looks; negative waits without limit
   * @return true if there is a reason to look, false on time-out
   */
  boolean await(long timeoutNs);

  /** Ends the current {@link #await}, or the next one if none is under way. Any thread. */
  void wakeUp();

  @Override
  void close();
}
