package io.myrixen.xen.local;

import io.myrixen.xen.Domain;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.bus.DomainNodes;
import io.myrixen.xen.store.ControlHandler;
import io.myrixen.xen.store.Store;
import io.myrixen.xen.store.StoreConnection;
import io.myrixen.xen.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The core of a hypervisor: domains, who may map whose pages, who may bind whose ports, the store.
 * It is control path: one lock serialises everything, and any thread may call.
 */
public final class Hypervisor implements AutoCloseable {

  /** The toolstack's domain, which exists from the beginning and cannot be destroyed. */
  public static final int TOOLSTACK_DOMID = 0;

  private static final String TOOLSTACK_NAME = "Domain-0";

  /** Xen reserves the ids from here on for its own purposes. */
  private static final int FIRST_RESERVED_DOMID = 0x7FF0;

  /** What a name may look like: short enough for a board's name, and plain in any list. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private final Object lock = new Object();
  private final HypervisorLimits limits;
  private final Tally tally = new Tally();
  private final Int2ObjectHashMap<GuestDomain> domains = new Int2ObjectHashMap<>();
  private final Store store;
  private int nextDomid = TOOLSTACK_DOMID + 1;
  private boolean closed;

  /** Makes one with the default limits. */
  public Hypervisor() {
    this(HypervisorLimits.defaults());
  }

  /** Makes one whose domains may hold as much as {@code limits} says. */
  public Hypervisor(HypervisorLimits limits) {
    this(
        limits,
        (command, _) -> {
          throw new XenStoreException("EINVAL", "unknown command " + command);
        });
  }

  /**
   * Makes one.
   *
   * @param limits how much a domain may hold
   * @param control carries out the CONTROL commands that come in through the store, under the lock
   */
  @SuppressWarnings("this-escape") // Nobody sees dom0 before this returns.
  public Hypervisor(HypervisorLimits limits, ControlHandler control) {
    this.limits = limits;
    this.store = new Store(StoreLimits.DEFAULT, control);
    domains.put(TOOLSTACK_DOMID, new GuestDomain(this, TOOLSTACK_DOMID, TOOLSTACK_NAME));
    try (XenStore toolstack = toolstackStore()) {
      DomainNodes.create(toolstack, TOOLSTACK_DOMID, TOOLSTACK_NAME);
    }
  }

  /**
   * Makes a domain that is an object of this JVM.
   *
   * @param name letters, digits and {@code ._-}, at most 63; no other living domain has it
   * @throws XenException with {@code BAD_REQUEST} for such a name, {@code NO_SPACE} if the ids have
   *     run out
   */
  public Domain createDomain(String name) {
    return LocalDomain.of(this, createGuest(name));
  }

  /** Makes a domain whose requests come in through the caller. As {@link #createDomain}. */
  public GuestDomain createGuest(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new XenException(Reason.BAD_REQUEST, "not a name for a domain: \"" + name + "\"");
    }
    synchronized (lock) {
      if (closed) {
        throw new XenException(Reason.NO_HYPERVISOR, "the hypervisor is closed");
      }
      for (GuestDomain other : domains.values()) {
        if (other.name().equals(name)) {
          throw new XenException(
              Reason.BAD_REQUEST, "domain " + other.domid() + " is named \"" + name + "\" already");
        }
      }
      if (nextDomid >= FIRST_RESERVED_DOMID) {
        throw new XenException(Reason.NO_SPACE, "every domid has been used: " + nextDomid);
      }
      var guest = new GuestDomain(this, nextDomid, name);
      nextDomid++;
      domains.put(guest.domid(), guest);
      tally.domainCreated();
      // Who hears of the domain cannot look before its nodes are there: that takes the lock.
      store.introduce(guest.domid());
      try (XenStore toolstack = toolstackStore()) {
        DomainNodes.create(toolstack, guest.domid(), name);
      }
      return guest;
    }
  }

  /**
   * Ends a domain: releases all that it holds and lets everybody know. Does nothing if there is no
   * such domain, or any more.
   *
   * @throws XenException with {@code NOT_PERMITTED} for the toolstack's
   */
  public void destroy(int domid) {
    if (domid == TOOLSTACK_DOMID) {
      throw new XenException(Reason.NOT_PERMITTED, "domain 0 cannot be destroyed");
    }
    Runnable ending;
    synchronized (lock) {
      GuestDomain guest = domains.remove(domid);
      if (guest == null) {
        return;
      }
      ending = guest.end();
      for (GuestDomain other : domains.values()) {
        other.ports().endFor(domid);
      }
      tally.domainEnded();
      try (XenStore toolstack = toolstackStore()) {
        new DeviceTree(toolstack).removeDomain(domid);
      }
      store.release(domid);
    }
    if (ending != null) {
      ending.run();
    }
  }

  /** Opens a connection to the store as dom0, which may do everything there. */
  public XenStore toolstackStore() {
    return WatchedStore.open(store, lock, TOOLSTACK_DOMID, true);
  }

  /** Opens a connection to the store with {@code guest}'s own rights. */
  XenStore openStore(GuestDomain guest) {
    synchronized (lock) {
      if (guest.endedLocked()) {
        throw ended(guest);
      }
      return WatchedStore.open(store, lock, guest.domid(), false);
    }
  }

  /** Opens the store's side of a connection that comes in through the caller. */
  public StoreConnection acceptStore(int domid, boolean privileged, StoreConnection.Sink sink) {
    synchronized (lock) {
      return new StoreConnection(store, domid, privileged, sink);
    }
  }

  /** The domains alive, in order of their ids, dom0 left out. */
  public List<GuestDomain> domains() {
    synchronized (lock) {
      var alive = new ArrayList<>(domains.values());
      alive.removeIf(guest -> guest.domid() == TOOLSTACK_DOMID);
      alive.sort((a, b) -> Integer.compare(a.domid(), b.domid()));
      return alive;
    }
  }

  /** What was done so far and is held now. */
  public HypervisorCounters counters() {
    synchronized (lock) {
      return tally.snapshot(store.operations());
    }
  }

  /** Destroys every domain; nothing works afterwards. Idempotent. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    IllegalStateException first = null;
    for (GuestDomain guest : domains()) {
      try {
        destroy(guest.domid());
      } catch (IllegalStateException e) {
        first = first == null ? e : first; // Its memory is in use; the others end all the same.
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** The lock. Whoever has a {@link StoreConnection} holds it around every call to that. */
  public Object lock() {
    return lock;
  }

  HypervisorLimits limits() {
    return limits;
  }

  Tally tally() {
    return tally;
  }

  /** Returns a living domain, or null. Under the lock. */
  @Nullable GuestDomain domain(int domid) {
    return domains.get(domid);
  }

  /** Throws NO_DOMAIN if there is none. Under the lock. */
  void requireDomain(int domid) {
    if (domain(domid) == null) {
      throw new XenException(Reason.NO_DOMAIN, "no domain " + domid);
    }
  }

  /** Runs a request of {@code guest} under the lock; counts it if it is refused. */
  <T> T judge(GuestDomain guest, Supplier<T> request) {
    synchronized (lock) {
      if (guest.endedLocked()) {
        throw ended(guest);
      }
      try {
        return request.get();
      } catch (XenException e) {
        tally.refused();
        throw e;
      }
    }
  }

  XenException limitReached(GuestDomain guest, String what, int limit) {
    return new XenException(
        Reason.NO_SPACE,
        "domain %d: limit of %s reached: %d".formatted(guest.domid(), what, limit));
  }

  static XenException ended(GuestDomain guest) {
    return new XenException(Reason.NO_HYPERVISOR, "domain " + guest.domid() + " has ended");
  }
}
