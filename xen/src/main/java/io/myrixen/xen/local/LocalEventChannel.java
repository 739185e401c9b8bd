package io.myrixen.xen.local;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.held.HeldResources;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One end of a channel between two domains of this JVM: a pending flag that the other end sets. The
 * end that nobody has bound yet waits in the port table.
 */
final class LocalEventChannel
    implements EventChannel, LocalSource, GuestDomain.FarEnd, HeldResources.Resource {

  private static final int NOT_BOUND = 0;

  private final LocalEventChannel peer;
  private final Sleepers sleepers = new Sleepers();
  private final AtomicBoolean notified = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger port = new AtomicInteger(NOT_BOUND);
  private volatile @Nullable LocalDomain domain;
  private volatile boolean peerLost;

  /** Makes both ends; this is the near one. */
  @SuppressWarnings("ThisEscapes") // To an end that nobody else has yet.
  LocalEventChannel() {
    peer = new LocalEventChannel(this);
  }

  private LocalEventChannel(LocalEventChannel peer) {
    this.peer = peer;
  }

  LocalEventChannel peer() {
    return peer;
  }

  /** Gives this end to {@code domain} as {@code port}. */
  void bound(LocalDomain domain, int port) {
    this.port.set(port);
    this.domain = domain;
  }

  @Override
  public int port() {
    return port.get();
  }

  @Override
  public void raise() {
    if (!closed.get() && !peer.notified.getAndSet(true)) {
      peer.sleepers.signal();
    }
  }

  @Override
  public boolean drain() {
    return !closed.get() && notified.get() && notified.getAndSet(false);
  }

  @Override
  public boolean peerGone() {
    return peerLost;
  }

  @Override
  public boolean pending() {
    return notified.get() || peerLost;
  }

  @Override
  public Sleepers sleepers() {
    return sleepers;
  }

  /** Ends this end if nobody has bound it: an end that is bound hears from the other itself. */
  @Override
  public void end() {
    if (domain == null) {
      release();
    }
  }

  /** Closes this end alone, without telling the hypervisor; who sleeps on either end wakes. */
  @Override
  public void release() {
    if (!closed.getAndSet(true)) {
      lose();
      peer.lose();
    }
  }

  private void lose() {
    peerLost = true;
    sleepers.signal();
  }

  @Override
  public void close() {
    LocalDomain owner = domain;
    if (owner != null && owner.held().forget(this)) {
      release();
      owner.tell(guest -> guest.closePort(port.get()));
    }
  }
}
