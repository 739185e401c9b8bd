package io.myrixen.xen.devices;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.EventChannels;

/** Channels of a process in a domain of Xen. */
final class XenEventChannels implements EventChannels {

  private final XenDomain domain;

  XenEventChannels(XenDomain domain) {
    this.domain = domain;
  }

  @Override
  public EventChannel allocate(int remoteDomid) {
    domain.requireAttached();
    return kept(EvtchnDevice.allocate(remoteDomid));
  }

  @Override
  public EventChannel bind(int remoteDomid, int remotePort) {
    domain.requireAttached();
    return kept(EvtchnDevice.bind(remoteDomid, remotePort));
  }

  private EventChannel kept(EvtchnDevice device) {
    var channel = new XenEventChannel(domain.held(), device);
    domain.keep(channel);
    return channel;
  }
}
