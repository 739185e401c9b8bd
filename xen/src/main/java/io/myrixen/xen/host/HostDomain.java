package io.myrixen.xen.host;

import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannels;
import io.myrixen.xen.GrantTable;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.held.HeldResources;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Leave;
import io.myrixen.xen.host.DomainRequest.Purpose;
import io.myrixen.xen.linux.PollWaiter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * This process as a domain of a hypervisor service. The domain lives as long as this object's
 * connection: it ends with {@link #close}, with the process however that dies, or with the service.
 */
public final class HostDomain implements Domain {

  private final TokenFile identity;
  private final HypervisorLink link;
  private final GrantTable grants = new HostGrantTable(this);
  private final EventChannels eventChannels = new HostEventChannels(this);

  private final HeldResources held = new HeldResources();
  private final AtomicBoolean closed = new AtomicBoolean();

  private HostDomain(TokenFile identity, HypervisorLink link) {
    this.identity = identity;
    this.link = link;
  }

  /**
   * Becomes the domain that {@code tokenFile} names. A domain can be attached once at a time.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if none is there, {@code NOT_PERMITTED} if it
   *     refuses this process, {@code BAD_REQUEST} if the file makes no sense
   */
  public static HostDomain attach(Path tokenFile) {
    TokenFile identity = TokenFile.read(tokenFile);
    return new HostDomain(identity, open(identity, Purpose.CONTROL));
  }

  private static HypervisorLink open(TokenFile identity, Purpose purpose) {
    HypervisorLink link = HypervisorLink.connect(identity.socket());
    try {
      link.tell(new Hello(DomainFrame.VERSION, purpose, identity.domid(), identity.token()));
      return link;
    } catch (XenException e) {
      link.close();
      throw e;
    }
  }

  HypervisorLink link() {
    return link;
  }

  HeldResources held() {
    return held;
  }

  /** Remembers what is open. Gives it up and throws if this domain is closed. */
  void keep(HeldResources.Resource resource) {
    if (!held.keep(resource)) {
      resource.release();
      throw new XenException(Reason.NO_HYPERVISOR, "domain " + domid() + " is closed");
    }
  }

  /** Tells the hypervisor that something is closed, unless it is gone and knows. */
  void tell(DomainRequest closing) {
    try {
      link.tell(closing);
    } catch (XenException e) {
      if (e.reason() != Reason.NO_HYPERVISOR) {
        throw e;
      }
    }
  }

  @Override
  public int domid() {
    return identity.domid();
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
    if (hypervisorGone()) {
      throw new XenException(
          Reason.NO_HYPERVISOR,
          "domain " + domid() + " has ended, or its hypervisor at " + identity.socket());
    }
    var store = new DomainStore(this, new StoreStream(open(identity, Purpose.STORE).becomeStore()));
    keep(store);
    return store;
  }

  @Override
  public Waiter newWaiter() {
    return new PollWaiter();
  }

  @Override
  public boolean hypervisorGone() {
    return closed.get() || link.gone();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      held.releaseAll();
    } finally {
      try {
        tell(new Leave());
      } finally {
        link.close();
      }
    }
  }
}
