package io.myrixen.xen.devices;

import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.PollSource;
import io.myrixen.xen.store.XenStoreClient;

/**
 * A connection to the store of this host, with the rights of the domain that this process runs in.
 */
class XenbusStore extends XenStoreClient implements PollSource {

  private final XenbusStream stream;

  XenbusStore() {
    this(new XenbusStream());
  }

  private XenbusStore(XenbusStream stream) {
    super(stream);
    this.stream = stream;
  }

  @Override
  public final Descriptor descriptor() {
    return stream.descriptor();
  }

  @Override
  public final boolean pendingUnseen() {
    return eventQueued() || stream.closed();
  }

  /** Hangs up; whoever waits for an answer is told that the connection is gone. Any thread. */
  final void hangUp() {
    stream.close();
  }
}
