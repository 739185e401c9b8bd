package io.myrixen.netfront;

import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.ReceivedResponse;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.Pollable;
import io.myrixen.xen.ring.FrontRing;
import io.myrixen.xen.ring.RingLife;
import org.jspecify.annotations.Nullable;

/** The front end of a control ring in a page that is granted to the driver domain. */
final class RingTransport implements Transport {

  private final GrantedPages page;
  private final EventChannel channel;
  private final FrontRing ring;
  private final RingLife life;

  RingTransport(GrantedPages page, EventChannel channel) {
    this.page = page;
    this.channel = channel;
    this.ring = FrontRing.init(page.memory(), ControlRing.ENTRY_BYTES);
    this.life = RingLife.ofFront(page, channel);
  }

  /** Grants a ring page to {@code backendDomid} and allocates a channel for it. */
  static RingTransport offer(Domain domain, int backendDomid) {
    GrantedPages page = domain.grants().grant(backendDomid, 1, Access.READ_WRITE);
    EventChannel channel = null;
    try {
      channel = domain.eventChannels().allocate(backendDomid);
      return new RingTransport(page, channel);
    } catch (RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      page.close();
      throw e;
    }
  }

  int reference() {
    return page.reference(0);
  }

  int port() {
    return channel.port();
  }

  @Override
  public Pollable source() {
    return channel;
  }

  @Override
  public void drain() {
    channel.drain();
  }

  @Override
  public int free() {
    return ring.free();
  }

  @Override
  public void write(int requestId, ControlRequest request) {
    request.write(requestId, ring.memory(), ring.claim());
  }

  @Override
  public void push() {
    if (ring.push()) {
      channel.raise();
    }
  }

  @Override
  public @Nullable ReceivedResponse poll() {
    long offset = ring.poll();
    return offset < 0 ? null : ControlResponse.read(ring.memory(), offset);
  }

  @Override
  public boolean finalCheck() {
    return ring.finalCheck();
  }

  @Override
  public boolean peerGone() {
    return channel.peerGone() || life.peerGone();
  }

  @Override
  public void close() {
    channel.close();
    page.close();
  }
}
