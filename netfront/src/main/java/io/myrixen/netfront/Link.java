package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.xen.Waiter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a board with its driver domain: the control path, and the ports opened over it.
 * It ends once, by {@link #lose}, and is never revived. Confined to the control thread.
 */
final class Link {

  private final Transport transport;
  private final Supply supply;
  private final ControlClient client;
  private final Waiter waiter;
  private final Set<VmPort> ports = new LinkedHashSet<>();
  private @Nullable MxException cause;

  /**
   * Opens one over {@code transport}, which it closes, and whose answers end the waiter's sleep.
   */
  Link(Transport transport, Supply supply, long timeoutNs, Waiter waiter) {
    this.transport = transport;
    this.supply = supply;
    this.client = new ControlClient(transport, timeoutNs);
    this.waiter = waiter;
    waiter.add(transport.source());
  }

  /** Where its ports' memory and channels come from. */
  Supply supply() {
    return supply;
  }

  /** Whether the driver domain is gone, as far as this connection goes. */
  boolean lost() {
    return cause != null;
  }

  void submit(Call call, long nowNs) {
    if (cause != null) {
      call.lost(cause);
    } else {
      client.submit(call, nowNs);
    }
  }

  int doWork(long nowNs) {
    return cause != null ? 0 : client.doWork(nowNs);
  }

  long nextDeadlineNs(long nowNs) {
    return cause != null ? Long.MAX_VALUE : client.nextDeadlineNs(nowNs);
  }

  /** Whether the driver domain closed its end; what follows the store says, where there is one. */
  boolean peerGone() {
    return transport.peerGone();
  }

  void add(VmPort port) {
    ports.add(port);
  }

  /** The port of the endpoint that is open under {@code endpointId}, or null. */
  @Nullable VmPort port(long endpointId) {
    for (VmPort port : ports) {
      if (port.endpointId() == endpointId) {
        return port;
      }
    }
    return null;
  }

  void remove(VmPort port) {
    ports.remove(port);
  }

  /** Ends every request and detaches every port; pages stay granted until {@link #release}. */
  void lose(MxException reason) {
    if (cause != null) {
      return;
    }
    cause = reason;
    waiter.remove(transport.source());
    client.lose(reason);
    List.copyOf(ports).forEach(VmPort::detach);
  }

  /** Whether no port is left of it. */
  boolean empty() {
    return ports.isEmpty();
  }

  /** Gives back what ports still hold. The driver domain has unmapped it, or is gone. */
  void releasePorts() {
    List.copyOf(ports).forEach(VmPort::release);
  }

  /** Gives the control path back: the driver domain has unmapped it, or is gone. Idempotent. */
  void release() {
    transport.close();
  }
}
