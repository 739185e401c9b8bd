package io.myrixen.xen.devices;

import io.myrixen.xen.Pollable;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.held.HeldResources;
import io.myrixen.xen.linux.PollWaiter;

/**
 * A place to sleep that wakes when its domain is closed: the devices would not say so to those who
 * sleep on them.
 */
final class XenWaiter implements Waiter, HeldResources.Resource {

  private final HeldResources held;
  private final PollWaiter waiter = new PollWaiter();

  private XenWaiter(HeldResources held) {
    this.held = held;
  }

  /** Makes one that wakes when {@code held} is released. */
  static XenWaiter keptBy(HeldResources held) {
    var waiter = new XenWaiter(held);
    if (!held.keep(waiter)) {
      waiter.wakeUp();
    }
    return waiter;
  }

  @Override
  public void add(Pollable source) {
    waiter.add(source);
  }

  @Override
  public void remove(Pollable source) {
    waiter.remove(source);
  }

  @Override
  public boolean await(long timeoutNs) {
    return waiter.await(timeoutNs);
  }

  @Override
  public void wakeUp() {
    waiter.wakeUp();
  }

  @Override
  public void release() {
    waiter.wakeUp();
  }

  @Override
  public void close() {
    boolean ignored = held.forget(this);
    waiter.close();
  }
}
