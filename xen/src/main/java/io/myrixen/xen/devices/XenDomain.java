package io.myrixen.xen.devices;

import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannels;
import io.myrixen.xen.GrantTable;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.held.HeldResources;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The domain of real Xen that this process runs in. Other processes of the domain share its limits,
 * and its nodes in the store; what this one holds goes with it, however it ends, and the domain
 * lives on.
 */
public final class XenDomain implements Domain {

  private final int domid;
  private final XenGrantTable grants;
  private final EventChannels eventChannels = new XenEventChannels(this);
  private final HeldResources held = new HeldResources();
  private final AtomicBoolean closed = new AtomicBoolean();

  private XenDomain(int domid, GntallocDevice gntalloc, GntdevDevice gntdev) {
    this.domid = domid;
    this.grants = new XenGrantTable(this, gntalloc, gntdev);
  }

  /**
   * Whether this kernel runs in a domain of Xen: whether there is {@code /dev/xen/xenbus}. What
   * else may be missing {@link #attach} says.
   */
  public static boolean present() {
    return XenDevice.XENBUS.present();
  }

  /**
   * Opens Xen's devices.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if a device is missing, naming its module;
   *     {@code NOT_PERMITTED} if this user may not open one; {@code SYSTEM} if the store does not
   *     say which domain this is
   */
  public static Domain attach() {
    return open();
  }

  /**
   * Opens Xen's devices as the one process of the domain that has {@code role}.
   *
   * @throws XenException as {@link #attach()}; {@code BAD_REQUEST} if another process has the role
   */
  public static Domain attach(DomainRole role) {
    XenDomain domain = open();
    if (!domain.grants.take(role)) {
      domain.close();
      throw new XenException(
          Reason.BAD_REQUEST,
          "another process of domain %d %s already".formatted(domain.domid(), role.text()));
    }
    return domain;
  }

  private static XenDomain open() {
    int domid = readDomid();
    XenDevice.EVTCHN.open().close(); // Opened for each channel: here only to know that it can be.
    var gntalloc = new GntallocDevice();
    try {
      return new XenDomain(domid, gntalloc, new GntdevDevice());
    } catch (XenException e) {
      gntalloc.close();
      throw e;
    }
  }

  /**
   * Opens a connection to the store with the rights of this process's domain, and no other device:
   * for the toolstack, whose domain grants nothing.
   *
   * @throws XenException with {@code NO_HYPERVISOR} or {@code NOT_PERMITTED}, as {@link #attach}
   */
  public static XenStore connectStore() {
    return new XenbusStore();
  }

  private static int readDomid() {
    try (XenStore store = connectStore()) {
      String text = store.read("domid");
      int domid = Integer.parseInt(text);
      if (domid < 0 || domid > GntallocDevice.MAX_DOMID) {
        throw new XenException(Reason.SYSTEM, "the store says that this is domain " + text);
      }
      return domid;
    } catch (XenStoreException | NumberFormatException e) {
      throw new XenException(
          Reason.SYSTEM, "the store does not say which domain this is: " + e.getMessage(), e);
    }
  }

  HeldResources held() {
    return held;
  }

  /** Remembers what is open. Gives it up and throws if this domain is closed. */
  void keep(HeldResources.Resource resource) {
    if (!held.keep(resource)) {
      resource.release();
      throw ended();
    }
  }

  /** Throws if this domain is closed. */
  void requireAttached() {
    if (closed.get()) {
      throw ended();
    }
  }

  private XenException ended() {
    return new XenException(Reason.NO_HYPERVISOR, "this process has left domain " + domid);
  }

  @Override
  public int domid() {
    return domid;
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
    requireAttached();
    var store = new DomainStore(held);
    keep(store);
    return store;
  }

  @Override
  public Waiter newWaiter() {
    return XenWaiter.keptBy(held);
  }

  /** Only once this process has left: without its hypervisor it would not run. */
  @Override
  public boolean hypervisorGone() {
    return closed.get();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      held.releaseAll();
    } finally {
      grants.close();
    }
  }
}
