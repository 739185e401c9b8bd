package io.myrixen.xen.store;

import org.jspecify.annotations.Nullable;

/**
 * The store's side of one connection, without any input or output: bytes come in by {@link
 * #receive}, however fragmented, and go out through a {@link Sink}. Calls are serialised with all
 * others on the same {@link Store}.
 */
public final class StoreConnection implements AutoCloseable {

  /**
   * Most bytes held of a client that is paused. The owner stops reading then, so that only what was
   * on its way arrives: four of the largest reads usual on sockets.
   */
  static final int MAX_HELD_BYTES = 256 * 1024;

  private final Store store;
  private final Sink sink;
  private final Session session;
  private final XsDecoder decoder = new XsDecoder();
  private byte @Nullable [] current;
  private int currentOffset;
  private boolean busy;
  private boolean closing;

  /**
   * Opens a connection.
   *
   * @param domid whose connection it is: its owner has made sure of that
   * @param privileged whether it may do everything, as the toolstack may
   * @throws io.myrixen.xen.XenException if the store does not know that domain
   */
  public StoreConnection(Store store, int domid, boolean privileged, Sink sink) {
    this.store = store;
    this.sink = sink;
    this.session = store.open(domid, privileged, this::progress);
  }

  /** Where a connection's bytes go. Never calls back into the store, and never throws. */
  public interface Sink {

    /**
     * Takes bytes to be sent, without blocking; it has copied or sent those it took.
     *
     * @return how many it took; with fewer than {@code length} its owner calls {@link #flush} once
     *     there is room
     */
    int write(byte[] bytes, int offset, int length);

    /**
     * Is told, once, that the connection is over: the client broke the protocol, fell too far
     * behind, or its domain ended. To be closed; {@link StoreConnection#close} is called as ever.
     */
    void end();
  }

  /**
   * Takes bytes from the client and handles every request that is whole.
   *
   * @return whether the connection lives on
   */
  public boolean receive(byte[] bytes, int offset, int length) {
    if (closing) {
      return false;
    }
    decoder.offer(bytes, offset, length);
    progress();
    if (!closing && decoder.heldBytes() > MAX_HELD_BYTES) {
      session.complain("sends and does not read: the connection is closed");
      endOfConnection();
    }
    return !closing;
  }

  /** Sends on what waits, now that the sink has room again, and handles requests held back. */
  public void flush() {
    progress();
  }

  /** Whether no more should be read from the client until {@link #flush} has made progress. */
  public boolean readPaused() {
    return session.behind();
  }

  /** Whether the connection is over, as {@link Sink#end} was told. */
  public boolean closing() {
    return closing;
  }

  /** Drops the client's watches and aborts its transactions. Idempotent. */
  @Override
  public void close() {
    closing = true;
    store.close(session);
  }

  private void progress() {
    if (busy || closing) {
      return;
    }
    busy = true; // Handling a request tells this session, and so comes here again.
    try {
      send();
      while (!session.closed() && !readPaused()) {
        XsMessage request = decoder.poll();
        if (request == null) {
          break;
        }
        store.handle(session, request);
        send();
      }
    } finally {
      busy = false;
    }
    if (decoder.malformed()) {
      session.complain("sent a length past the protocol's: the connection is closed");
    }
    if (session.closed() || decoder.malformed()) {
      endOfConnection();
    }
  }

  private void send() {
    while (!closing) {
      byte[] bytes = current;
      if (bytes == null) {
        XsMessage next = session.poll();
        if (next == null) {
          return;
        }
        bytes = next.encode();
        current = bytes;
        currentOffset = 0;
      }
      currentOffset += sink.write(bytes, currentOffset, bytes.length - currentOffset);
      if (currentOffset < bytes.length) {
        return;
      }
      current = null;
    }
  }

  private void endOfConnection() {
    close();
    sink.end();
  }
}
