package io.myrixen.xen.local;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.local.GuestDomain.BoundPort;
import io.myrixen.xen.local.GuestDomain.FarEnd;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The event-channel ports of one domain. Under the hypervisor's lock. It knows who may bind what,
 * and ends a channel with its first port; how a notification travels is the substrate's business.
 */
final class PortTable {

  private final Hypervisor hypervisor;
  private final GuestDomain domain;
  private final Int2ObjectHashMap<Port> ports = new Int2ObjectHashMap<>();
  private int nextNumber = 1;

  PortTable(Hypervisor hypervisor, GuestDomain domain) {
    this.hypervisor = hypervisor;
    this.domain = domain;
  }

  /** A port; a bound one shares the channel's far end with the port that it is bound to. */
  private static final class Port {
    private final int remoteDomid;
    private final FarEnd farEnd;
    private boolean bound;

    Port(int remoteDomid, FarEnd farEnd, boolean bound) {
      this.remoteDomid = remoteDomid;
      this.farEnd = farEnd;
      this.bound = bound;
    }
  }

  int allocate(int remoteDomid, FarEnd farEnd) {
    hypervisor.requireDomain(remoteDomid);
    return add(new Port(remoteDomid, farEnd, false));
  }

  BoundPort bind(int remoteDomid, int remotePort) {
    GuestDomain remote = hypervisor.domain(remoteDomid);
    Port port = remote == null ? null : remote.ports().ports.get(remotePort);
    if (port == null || port.remoteDomid != domain.domid() || port.bound) {
      throw new XenException(
          Reason.BAD_PORT,
          "port %d of domain %d is not there for domain %d to bind"
              .formatted(remotePort, remoteDomid, domain.domid()));
    }
    int number = add(new Port(remoteDomid, port.farEnd, true));
    port.bound = true;
    return new BoundPort(number, port.farEnd);
  }

  private int add(Port port) {
    int limit = hypervisor.limits().ports();
    if (ports.size() >= limit) {
      throw hypervisor.limitReached(domain, "ports", limit);
    }
    // A number just closed is not given out again soon: a late request for it must not hit another.
    while (nextNumber < 1 || ports.containsKey(nextNumber)) {
      nextNumber = nextNumber < 1 ? 1 : nextNumber + 1;
    }
    ports.put(nextNumber, port);
    hypervisor.tally().portOpened();
    return nextNumber++;
  }

  void close(int number) {
    Port port = ports.remove(number);
    if (port == null) {
      throw new XenException(
          Reason.BAD_PORT, "domain " + domain.domid() + " has no port " + number);
    }
    end(port);
  }

  void closeAll() {
    ports.values().forEach(this::end);
    ports.clear();
  }

  private void end(Port port) {
    port.farEnd.end();
    hypervisor.tally().portClosed();
  }

  /** Ends what waits for {@code remoteDomid}, which is gone and will never bind. */
  void endFor(int remoteDomid) {
    for (Port port : ports.values()) {
      if (port.remoteDomid == remoteDomid) {
        port.bound = true; // To nobody, for ever.
        port.farEnd.end();
      }
    }
  }
}
