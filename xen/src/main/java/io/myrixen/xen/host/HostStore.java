package io.myrixen.xen.host;

import io.myrixen.xen.held.HeldResources;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.store.XenStoreClient;

/** A connection of this domain to the store that a {@link HostWaiter} can sleep on. */
final class HostStore extends XenStoreClient implements HostSource, HeldResources.Resource {

  private final HostDomain domain;
  private final StoreStream stream;

  HostStore(HostDomain domain, StoreStream stream) {
    super(stream);
    this.domain = domain;
    this.stream = stream;
  }

  @Override
  public Descriptor descriptor() {
    return stream.descriptor();
  }

  @Override
  public boolean pendingUnseen() {
    return eventQueued();
  }

  @Override
  public void close() {
    domain.held().forget(this);
    super.close();
  }

  /** Hangs up; whoever waits for an answer is told that the connection is gone. */
  @Override
  public void release() {
    stream.close();
  }
}
