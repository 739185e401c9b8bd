package io.myrixen.xen.local;

import java.util.Arrays;

/**
 * The waiters that sleep on one source. Who makes the source pending stores that first and then
 * calls {@link #signal}; a waiter publishes that it sleeps first and then looks: so one of the two
 * sees the other.
 */
final class Sleepers {

  private static final LocalWaiter[] NONE = {};

  private volatile LocalWaiter[] waiters = NONE;

  /** Makes them all look again. Any thread; allocates nothing. */
  void signal() {
    for (LocalWaiter waiter : waiters) {
      waiter.unpark();
    }
  }

  synchronized void add(LocalWaiter waiter) {
    LocalWaiter[] more = Arrays.copyOf(waiters, waiters.length + 1);
    more[waiters.length] = waiter;
    waiters = more;
  }

  synchronized void remove(LocalWaiter waiter) {
    waiters = Arrays.stream(waiters).filter(w -> w != waiter).toArray(LocalWaiter[]::new);
  }
}
