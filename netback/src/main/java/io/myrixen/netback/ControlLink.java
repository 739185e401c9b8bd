package io.myrixen.netback;

import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.ring.BackRing;
import io.myrixen.xen.ring.PeerFaultException;
import io.myrixen.xen.ring.RingLife;

/** The control ring of one connected device. Confined to netback's thread. */
final class ControlLink implements AutoCloseable {

  private final MappedPages page;
  private final EventChannel channel;
  private final BackRing ring;
  private final RingLife life;
  private boolean unpublished;
  private boolean closed;

  /**
   * Begins to serve.
   *
   * @throws io.myrixen.xen.XenException if the system refuses; page and channel stay the caller's
   */
  ControlLink(MappedPages page, EventChannel channel) {
    this.page = page;
    this.channel = channel;
    this.ring = BackRing.attach(page.memory(), ControlRing.ENTRY_BYTES);
    this.life = RingLife.ofBack(page, channel);
  }

  EventChannel channel() {
    return channel;
  }

  /**
   * Serves what waits in the ring and publishes what has been answered.
   *
   * @param limit requests taken at most
   * @return how much there was to do; 0 only if the next request will notify
   * @throws PeerFaultException if the VM broke the ring's rules
   */
  int serve(BoardService service, int limit) {
    channel.drain();
    int taken = 0;
    while (taken < limit) {
      long offset = ring.poll();
      if (offset < 0) {
        break;
      }
      taken++;
      service.serve(ControlRequest.read(ring.memory(), offset));
    }
    int published = publish();
    return taken + published + (ring.finalCheck() ? 1 : 0);
  }

  /** Answers a request; seen by the VM after the next {@link #publish}. */
  void answer(ControlResponse response) {
    if (!closed) {
      response.write(ring.memory(), ring.claim());
      unpublished = true;
    }
  }

  /** Shows the VM what has been answered. */
  int publish() {
    if (!unpublished || closed) {
      return 0;
    }
    unpublished = false;
    if (ring.push()) {
      channel.raise();
    }
    return 1;
  }

  /** Whether the VM is known to have closed its end, or its process has died. */
  boolean peerGone() {
    return channel.peerGone() || life.peerGone();
  }

  @Override
  public void close() {
    closed = true;
    channel.close();
    page.close();
  }
}
