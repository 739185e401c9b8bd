package io.myrixen.xen.devices;

import io.myrixen.xen.held.HeldResources;

/** A connection to the store, hung up on when the domain is closed. */
final class DomainStore extends XenbusStore implements HeldResources.Resource {

  private final HeldResources held;

  DomainStore(HeldResources held) {
    this.held = held;
  }

  @Override
  public void close() {
    boolean ignored = held.forget(this);
    super.close();
  }

  @Override
  public void release() {
    hangUp();
  }
}
