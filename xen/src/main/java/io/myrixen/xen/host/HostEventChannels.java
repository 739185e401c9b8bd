package io.myrixen.xen.host;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.EventChannels;
import io.myrixen.xen.host.DomainRequest.AllocatePort;
import io.myrixen.xen.host.DomainRequest.BindPort;
import io.myrixen.xen.linux.NotifySocket;

/** Channels between processes: the hypervisor makes a socket pair and keeps neither end. */
final class HostEventChannels implements EventChannels {

  private final HostDomain domain;

  HostEventChannels(HostDomain domain) {
    this.domain = domain;
  }

  @Override
  public EventChannel allocate(int remoteDomid) {
    return open(new AllocatePort(remoteDomid));
  }

  @Override
  public EventChannel bind(int remoteDomid, int remotePort) {
    return open(new BindPort(remoteDomid, remotePort));
  }

  private EventChannel open(DomainRequest request) {
    HostEventChannel channel =
        domain
            .link()
            .call(
                request,
                1,
                reply ->
                    new HostEventChannel(
                        domain, reply.body().getInt(), new NotifySocket(reply.descriptor())));
    domain.keep(channel);
    return channel;
  }
}
