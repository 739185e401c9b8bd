package io.myrixen.xen.host;

import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.store.XenStoreClient;

/** A connection to the store that a {@link HostWaiter} can sleep on. */
class HostStore extends XenStoreClient implements HostSource {

  private final StoreStream stream;

  HostStore(StoreStream stream) {
    super(stream);
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

  /** Hangs up; whoever waits for an answer is told that the connection is gone. Any thread. */
  final void hangUp() {
    stream.close();
  }
}
