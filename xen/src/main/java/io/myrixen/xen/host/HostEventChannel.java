package io.myrixen.xen.host;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.held.HeldResources;
import io.myrixen.xen.host.DomainRequest.ClosePort;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.NotifySocket;

/**
 * One end of a channel between processes. The end of the other process, however it comes, is the
 * end of the socket: no message is needed to learn of it. A port that its remote domain can never
 * bind any more, because that has ended, counts as one without a peer.
 */
final class HostEventChannel implements EventChannel, HostSource, HeldResources.Resource {

  private final HostDomain domain;
  private final int port;
  private final NotifySocket socket;
  private volatile boolean peerGone;

  HostEventChannel(HostDomain domain, int port, NotifySocket socket) {
    this.domain = domain;
    this.port = port;
    this.socket = socket;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void raise() {
    socket.raise();
  }

  @Override
  public boolean drain() {
    int seen = socket.drain();
    if ((seen & NotifySocket.GONE) != 0) {
      peerGone = true;
    }
    return (seen & NotifySocket.NOTIFIED) != 0;
  }

  @Override
  public boolean peerGone() {
    return peerGone;
  }

  @Override
  public Descriptor descriptor() {
    return socket.descriptor();
  }

  @Override
  public boolean pendingUnseen() {
    return false;
  }

  @Override
  public void release() {
    socket.close();
  }

  @Override
  public void close() {
    if (domain.held().forget(this)) {
      release();
      domain.tell(new ClosePort(port));
    }
  }
}
