package io.myrixen.xen.store;

import io.myrixen.xen.XenStoreException;
import org.jspecify.annotations.Nullable;

/** A client in the same JVM as its {@link Store}, called directly. */
public class LocalXenStore extends RequestStore {

  private final Store store;
  private final Object lock;
  private final Session session;

  /**
   * Opens a connection.
   *
   * @param lock held around every access to {@code store}, by this and by everybody else
   * @param listener run, with {@code lock} held and by whichever thread caused it, when an event
   *     was queued here or the connection ended; never calls the store
   * @throws io.myrixen.xen.XenException if the store does not know that domain
   */
  public LocalXenStore(Store store, Object lock, int domid, boolean privileged, Runnable listener) {
    this.store = store;
    this.lock = lock;
    synchronized (lock) {
      this.session = store.open(domid, privileged, listener);
    }
  }

  @Override
  XsMessage exchange(int type, int transactionId, byte[] payload) {
    synchronized (lock) {
      if (session.closed()) {
        throw new XenStoreException(XsError.EIO.name(), "connection to the store is gone");
      }
      store.handle(session, new XsMessage(type, 0, transactionId, payload));
      return session.takeReply();
    }
  }

  /** Whether {@link #pollWatch} has something to give, or the connection is gone. */
  public boolean eventQueued() {
    synchronized (lock) {
      return !session.queueEmpty() || session.closed();
    }
  }

  @Override
  public @Nullable WatchEvent pollWatch() {
    synchronized (lock) {
      XsMessage message = session.poll();
      return message == null ? null : eventOf(message);
    }
  }

  @Override
  public boolean disconnected() {
    synchronized (lock) {
      return session.closed();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      store.close(session);
    }
  }
}
