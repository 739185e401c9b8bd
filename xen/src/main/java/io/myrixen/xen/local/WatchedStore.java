package io.myrixen.xen.local;

import io.myrixen.xen.store.LocalXenStore;
import io.myrixen.xen.store.Store;

/** A connection to the store that a {@link LocalWaiter} can sleep on. */
final class WatchedStore extends LocalXenStore implements LocalSource {

  private final Sleepers sleepers;

  private WatchedStore(Store store, Object lock, int domid, boolean privileged, Sleepers sleepers) {
    super(store, lock, domid, privileged, sleepers::signal);
    this.sleepers = sleepers;
  }

  /** Opens a connection; {@code lock} guards {@code store}. */
  static WatchedStore open(Store store, Object lock, int domid, boolean privileged) {
    return new WatchedStore(store, lock, domid, privileged, new Sleepers());
  }

  @Override
  public boolean pending() {
    return eventQueued();
  }

  @Override
  public Sleepers sleepers() {
    return sleepers;
  }
}
