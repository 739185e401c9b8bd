package io.myrixen.xen.host;

import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.PollSource;
import io.myrixen.xen.linux.PollWaiter;
import io.myrixen.xen.store.XenStoreClient;

/** A connection to the store that a {@link PollWaiter} can sleep on. */
class HostStore extends XenStoreClient implements PollSource {

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
