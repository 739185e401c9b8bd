package io.myrixen.xen.local;

import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannels;
import io.myrixen.xen.GrantTable;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.held.HeldResources;
import java.util.function.Consumer;

/**
 * A domain that is an object of this JVM. Its end, by {@link #close} or by the hypervisor, unmaps
 * all its memory: whoever still uses it gets an exception, as a killed process would stop.
 */
final class LocalDomain implements Domain {

  private final Hypervisor hypervisor;
  private final GuestDomain guest;
  private final GrantTable grants = new LocalGrantTable(this);
  private final EventChannels eventChannels = new LocalEventChannels(this);

  private final HeldResources held = new HeldResources();

  private LocalDomain(Hypervisor hypervisor, GuestDomain guest) {
    this.hypervisor = hypervisor;
    this.guest = guest;
  }

  /** Makes the object for {@code guest}. */
  static LocalDomain of(Hypervisor hypervisor, GuestDomain guest) {
    var domain = new LocalDomain(hypervisor, guest);
    guest.whenEnded(domain.held::releaseAll);
    return domain;
  }

  GuestDomain guest() {
    return guest;
  }

  HeldResources held() {
    return held;
  }

  /** Remembers what is open. Gives it up and throws if this domain has ended meanwhile. */
  void keep(HeldResources.Resource resource) {
    if (!held.keep(resource)) {
      resource.release();
      throw Hypervisor.ended(guest);
    }
  }

  /**
   * Tells the hypervisor that something is closed, unless this domain has ended with all it had.
   */
  void tell(Consumer<GuestDomain> closing) {
    try {
      closing.accept(guest);
    } catch (XenException e) {
      if (e.reason() != Reason.NO_HYPERVISOR) {
        throw e;
      }
    }
  }

  @Override
  public int domid() {
    return guest.domid();
  }

  @Override
  public GrantTable grants() {
    return grants;
  }

  @Override
  public EventChannels eventChannels() {
    return eventChannels;
  }

  @Override
  public XenStore openStore() {
    return hypervisor.openStore(guest);
  }

  @Override
  public Waiter newWaiter() {
    return new LocalWaiter();
  }

  @Override
  public boolean hypervisorGone() {
    return guest.ended();
  }

  @Override
  public void close() {
    hypervisor.destroy(guest.domid());
  }
}
