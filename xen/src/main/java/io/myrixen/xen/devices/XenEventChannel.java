package io.myrixen.xen.devices;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.held.HeldResources;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.PollSource;

/** One end of a channel. Xen does not say when the other end goes. */
final class XenEventChannel implements EventChannel, PollSource, HeldResources.Resource {

  private final HeldResources held;
  private final EvtchnDevice device;
  private volatile boolean closed;

  XenEventChannel(HeldResources held, EvtchnDevice device) {
    this.held = held;
    this.device = device;
  }

  @Override
  public int port() {
    return device.port();
  }

  @Override
  public void raise() {
    device.raise();
  }

  @Override
  public boolean drain() {
    return device.drain();
  }

  /** Only once this end is closed. */
  @Override
  public boolean peerGone() {
    return closed;
  }

  @Override
  public Descriptor descriptor() {
    return device.descriptor();
  }

  @Override
  public boolean pendingUnseen() {
    return closed;
  }

  @Override
  public void release() {
    closed = true;
    device.close();
  }

  @Override
  public void close() {
    if (held.forget(this)) {
      release();
    }
  }
}
