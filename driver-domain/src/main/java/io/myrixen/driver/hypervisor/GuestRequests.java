package io.myrixen.driver.hypervisor;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.host.DomainRequest;
import io.myrixen.xen.host.DomainRequest.AllocatePort;
import io.myrixen.xen.host.DomainRequest.BindPort;
import io.myrixen.xen.host.DomainRequest.ClosePort;
import io.myrixen.xen.host.DomainRequest.EndAccess;
import io.myrixen.xen.host.DomainRequest.Grant;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Leave;
import io.myrixen.xen.host.DomainRequest.Malformed;
import io.myrixen.xen.host.DomainRequest.MapList;
import io.myrixen.xen.host.DomainRequest.Offer;
import io.myrixen.xen.host.DomainRequest.Unmap;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.NotifySocket;
import io.myrixen.xen.local.GrantAllocation;
import io.myrixen.xen.local.GrantMapping;
import io.myrixen.xen.local.GuestDomain;
import io.myrixen.xen.local.GuestDomain.BoundPort;
import io.myrixen.xen.local.GuestDomain.FarEnd;
import io.myrixen.xen.local.Hypervisor;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out the requests of one domain that has shown to be it, and answers. Event loop only. */
final class GuestRequests {

  private final Hypervisor hypervisor;
  private final GuestDomain domain;
  private final Replies replies;

  GuestRequests(Hypervisor hypervisor, GuestDomain domain, Replies replies) {
    this.hypervisor = hypervisor;
    this.domain = domain;
    this.replies = replies;
  }

  /**
   * Carries out a request.
   *
   * @throws XenException as the core refuses it; nothing is left of it then
   */
  void handle(int sequence, DomainRequest request) {
    switch (request) {
      case Grant grant -> grant(sequence, grant);
      case Offer offer -> domain.offer(offer.firstReference());
      case EndAccess end -> domain.endAccess(end.firstReference());
      case MapList map -> map(sequence, map);
      case Unmap unmap -> domain.unmap(unmap.mappingId());
      case AllocatePort allocate -> allocatePort(sequence, allocate);
      case BindPort bind -> bindPort(sequence, bind);
      case ClosePort close -> domain.closePort(close.port());
      case Leave _ -> hypervisor.destroy(domain.domid());
      case Hello _, Malformed _ ->
          throw new XenException(Reason.BAD_REQUEST, "request kind " + request.kind());
    }
    switch (request) {
      case Offer _, EndAccess _, Unmap _, ClosePort _, Leave _ ->
          replies.done(request.kind(), sequence);
      case Grant _, MapList _, AllocatePort _, BindPort _, Hello _, Malformed _ -> {}
    }
  }

  private void grant(int sequence, Grant request) {
    GrantAllocation allocation =
        domain.grant(request.grantee(), request.pageCount(), request.access());
    Descriptor copy;
    try {
      copy = allocation.file().descriptor().duplicate();
    } catch (XenException e) {
      domain.endAccess(allocation.firstReference());
      throw e;
    }
    ByteBuf body = replies.body().writeIntLE(allocation.firstReference());
    replies.done(request.kind(), sequence, body, List.of(copy));
  }

  private void map(int sequence, MapList request) {
    Access access = request.access();
    GrantMapping mapping = domain.map(request.owner(), request.references().references(), access);
    Map<GrantAllocation, Integer> files = new LinkedHashMap<>();
    List<Descriptor> copies = new ArrayList<>();
    ByteBuf body = replies.body();
    body.writeIntLE(mapping.id()).writeIntLE(mapping.runs().size());
    try {
      for (GrantMapping.Run run : mapping.runs()) {
        Integer file = files.get(run.allocation());
        if (file == null) {
          file = files.size();
          files.put(run.allocation(), file);
          copies.add(run.allocation().file().descriptor().duplicate());
        }
        body.writeIntLE(file).writeIntLE(run.firstPage()).writeIntLE(run.pageCount());
      }
    } catch (XenException e) {
      body.release();
      copies.forEach(Descriptor::close);
      domain.unmap(mapping.id());
      throw e;
    }
    replies.done(request.kind(), sequence, body, copies);
  }

  /**
   * The far end of a channel, kept beyond its binding: so a channel can be ended although a process
   * that has one of its ends lives on and does not let go.
   */
  private record KeptEnd(NotifySocket socket) implements FarEnd {

    @Override
    public void end() {
      socket.close();
    }
  }

  private void allocatePort(int sequence, AllocatePort request) {
    NotifySocket.Pair pair = NotifySocket.pair();
    int port;
    try {
      port = domain.allocatePort(request.remoteDomid(), new KeptEnd(new NotifySocket(pair.far())));
    } catch (XenException e) {
      pair.near().close();
      pair.far().close();
      throw e;
    }
    replies.done(request.kind(), sequence, replies.body().writeIntLE(port), List.of(pair.near()));
  }

  private void bindPort(int sequence, BindPort request) {
    BoundPort bound = domain.bindPort(request.remoteDomid(), request.remotePort());
    if (!(bound.end() instanceof KeptEnd kept)) {
      throw new IllegalStateException("an end of another kind: " + bound.end());
    }
    Descriptor copy;
    try {
      copy = kept.socket().descriptor().duplicate();
    } catch (XenException e) {
      domain.closePort(bound.port());
      throw e;
    }
    ByteBuf body = replies.body().writeIntLE(bound.port());
    replies.done(request.kind(), sequence, body, List.of(copy));
  }
}
