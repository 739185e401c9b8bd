package io.myrixen.xen.local;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.EventChannels;

/** Channels between domains of this JVM. */
final class LocalEventChannels implements EventChannels {

  private final LocalDomain domain;

  LocalEventChannels(LocalDomain domain) {
    this.domain = domain;
  }

  @Override
  public EventChannel allocate(int remoteDomid) {
    var channel = new LocalEventChannel();
    int port = domain.guest().allocatePort(remoteDomid, channel.peer());
    channel.bound(domain, port);
    domain.keep(channel);
    return channel;
  }

  @Override
  public EventChannel bind(int remoteDomid, int remotePort) {
    GuestDomain.BoundPort bound = domain.guest().bindPort(remoteDomid, remotePort);
    if (!(bound.end() instanceof LocalEventChannel channel)) {
      throw new IllegalStateException("not an end of this JVM: " + bound.end());
    }
    channel.bound(domain, bound.port());
    domain.keep(channel);
    return channel;
  }
}
