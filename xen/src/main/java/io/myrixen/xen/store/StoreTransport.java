package io.myrixen.xen.store;

/** Carries a client's bytes to a store and back. Confined to the client's thread. */
public interface StoreTransport extends AutoCloseable {

  /** Sends bytes, all of them, blocking while there is no room. Does nothing once it is closed. */
  void write(byte[] bytes, int offset, int length);

  /**
   * Receives what there is.
   *
   * @param blocking whether to wait for at least one byte
   * @return how many bytes came; 0 if none is there and it may not block; -1 once the store is gone
   */
  int read(byte[] into, int offset, int length, boolean blocking);

  /** Closes it. Idempotent. */
  @Override
  void close();
}
