package io.myrixen.xen.host;

import io.myrixen.xen.held.HeldResources;

/** A domain's connection to the store, hung up on when the domain is closed. */
final class DomainStore extends HostStore implements HeldResources.Resource {

  private final HostDomain domain;

  DomainStore(HostDomain domain, StoreStream stream) {
    super(stream);
    this.domain = domain;
  }

  @Override
  public void close() {
    domain.held().forget(this);
    super.close();
  }

  @Override
  public void release() {
    hangUp();
  }
}
