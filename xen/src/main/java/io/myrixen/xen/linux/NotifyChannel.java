package io.myrixen.xen.linux;

import io.myrixen.xen.EventChannel;

/**
 * One end of a notification channel between processes. The end of the other process, however it
 * comes, is the end of the socket: no message is needed to learn of it.
 */
public class NotifyChannel implements EventChannel, PollSource {

  private final int port;
  private final NotifySocket socket;
  private volatile boolean peerGone;

  /**
   * Takes over one end of a pair.
   *
   * @param port what this end is called by; 0 where nobody asks
   */
  public NotifyChannel(int port, NotifySocket socket) {
    this.port = port;
    this.socket = socket;
  }

  @Override
  public final int port() {
    return port;
  }

  @Override
  public final void raise() {
    socket.raise();
  }

  @Override
  public final boolean drain() {
    int seen = socket.drain();
    if ((seen & NotifySocket.GONE) != 0) {
      peerGone = true;
    }
    return (seen & NotifySocket.NOTIFIED) != 0;
  }

  @Override
  public final boolean peerGone() {
    return peerGone;
  }

  @Override
  public final Descriptor descriptor() {
    return socket.descriptor();
  }

  @Override
  public final boolean pendingUnseen() {
    return false;
  }

  @Override
  public void close() {
    socket.close();
  }
}
