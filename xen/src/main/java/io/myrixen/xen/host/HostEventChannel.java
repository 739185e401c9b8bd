package io.myrixen.xen.host;

import io.myrixen.xen.held.HeldResources;
import io.myrixen.xen.host.DomainRequest.ClosePort;
import io.myrixen.xen.linux.NotifyChannel;
import io.myrixen.xen.linux.NotifySocket;

/**
 * One end of a channel that the hypervisor made. A port that its remote domain can never bind any
 * more, because that has ended, counts as one without a peer.
 */
final class HostEventChannel extends NotifyChannel implements HeldResources.Resource {

  private final HostDomain domain;

  HostEventChannel(HostDomain domain, int port, NotifySocket socket) {
    super(port, socket);
    this.domain = domain;
  }

  @Override
  public void release() {
    super.close();
  }

  @Override
  public void close() {
    if (domain.held().forget(this)) {
      release();
      domain.tell(new ClosePort(port()));
    }
  }
}
