package io.myrixen.xen;

/**
 * One end of a notification channel. A notification carries no data; several may coalesce into one;
 * a fresh channel may show one that nobody raised. So a receiver always looks at shared memory, and
 * believes that.
 */
public interface EventChannel extends Pollable, AutoCloseable {

  /** The port number of this end, in this domain. */
  int port();

  /**
   * Notifies the other end. Never blocks; any thread may call it. Does nothing if nobody has bound
   * the other end, or it is gone; so that this returns says nothing about the other end.
   */
  void raise();

  /**
   * Takes what is pending, to be called before looking at shared memory. One thread at a time.
   *
   * @return whether a notification was pending
   */
  boolean drain();

  /**
   * Whether the channel is known to have ended: either end was closed, or its domain has ended. Up
   * to date only after {@link #drain}. A hint to hurry and no more: real Xen tells here of this end
   * alone. Of the death of a process it tells through {@link SharedPages#announceEnd}, of that of a
   * domain through the store.
   */
  boolean peerGone();

  /** Closes this end; the other one learns that its peer is gone. Idempotent. */
  @Override
  void close();
}
