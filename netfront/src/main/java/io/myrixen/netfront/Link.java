package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.Waiter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a device with its driver domain: the control ring, and the ports opened over
 * it. It ends once, by {@link #lose}, and is never revived. Confined to the control thread.
 */
final class Link {

  private final int backendDomid;
  private final GrantedPages page;
  private final EventChannel channel;
  private final ControlClient client;
  private final Waiter waiter;
  private final Set<VmPort> ports = new LinkedHashSet<>();
  private @Nullable MxException cause;

  private Link(
      int backendDomid,
      GrantedPages page,
      EventChannel channel,
      ControlClient client,
      Waiter waiter) {
    this.backendDomid = backendDomid;
    this.page = page;
    this.channel = channel;
    this.client = client;
    this.waiter = waiter;
    waiter.add(channel);
  }

  /** Grants a ring page to {@code backendDomid} and allocates a channel for it. */
  static Link open(Domain domain, int backendDomid, long timeoutNs, Waiter waiter) {
    GrantedPages page = domain.grants().grant(backendDomid, 1, Access.READ_WRITE);
    try {
      EventChannel channel = domain.eventChannels().allocate(backendDomid);
      ControlClient client = new ControlClient(page, channel, timeoutNs);
      return new Link(backendDomid, page, channel, client, waiter);
    } catch (RuntimeException e) {
      page.close();
      throw e;
    }
  }

  int backendDomid() {
    return backendDomid;
  }

  int ringReference() {
    return page.reference(0);
  }

  int port() {
    return channel.port();
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

  /**
   * Whether the driver domain closed its end of the ring's channel; what follows the store says.
   */
  boolean peerGone() {
    return channel.peerGone();
  }

  void add(VmPort port) {
    ports.add(port);
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
    waiter.remove(channel);
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

  /** Gives the ring back: the driver domain has unmapped it, or is gone. Idempotent. */
  void release() {
    channel.close();
    page.close();
  }
}
