package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlRequest.OpenEndpoint;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.GeometryLimits;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.netback.Endpoint.Region;
import io.myrixen.netback.Endpoint.State;
import io.myrixen.netback.Supply.Mapped;
import io.myrixen.nic.EndpointConfig;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.MappedPages;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints and regions of one board. Nothing is unmapped before the NIC has said that it
 * touches it no more. Confined to netback's thread.
 */
final class EndpointService {

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Services services;
  private final long nicId;
  private final VmAccount account;
  private final Replies replies;
  private final Supply supply;
  private final Coupling.Factory couplings;
  private final Int2ObjectHashMap<Endpoint> endpoints = new Int2ObjectHashMap<>();
  private int lastRegionId;

  /** Closed endpoints whose channel is still on a waiter. */
  private int channelsLeaving;

  private @Nullable Runnable whenEmpty;

  EndpointService(
      Services services,
      long nicId,
      Supply supply,
      Coupling.Factory couplings,
      VmAccount account,
      Replies replies) {
    this.services = services;
    this.nicId = nicId;
    this.supply = supply;
    this.couplings = couplings;
    this.account = account;
    this.replies = replies;
  }

  BitSet open() {
    BitSet open = new BitSet();
    for (Endpoint endpoint : endpoints.values()) {
      open.set(endpoint.id);
    }
    return open;
  }

  void open(int requestId, OpenEndpoint request) {
    RequestKind kind = request.kind();
    int pageCount = new WindowLayout(request.geometry()).pageCount();
    Refusal refusal = unfitting(request);
    if (refusal == null) {
      refusal = account.takeEndpoint(pageCount);
    }
    if (refusal != null) {
      refuse(requestId, kind, refusal);
      return;
    }
    switch (supply.window(request.pages(), pageCount)) {
      case Refusal unmappable -> {
        account.giveEndpoint(pageCount);
        refuse(requestId, kind, unmappable);
      }
      case Mapped(var window) -> open(requestId, request, window);
    }
  }

  private void open(int requestId, OpenEndpoint request, MappedPages window) {
    EventChannel channel = supply.channel(request.port());
    Refusal refusal =
        channel == null
            ? new Refusal(
                ReturnCode.BAD_PARAM_VAL,
                Detail.EVENT_CHANNEL,
                Integer.toUnsignedLong(request.port()))
            : unrecognised(window);
    if (channel == null || refusal != null) {
      if (channel != null) {
        channel.close();
      }
      supply.unmap(window);
      account.giveEndpoint(window.pageCount());
      refuse(requestId, request.kind(), refusal);
      return;
    }
    int session = services.sessions().nextSession();
    Coupling coupling = couplings.couple(window.memory(), request.geometry(), channel);
    Endpoint endpoint = new Endpoint(request.endpointId(), session, window, channel, coupling);
    endpoints.put(endpoint.id, endpoint);
    var config =
        new EndpointConfig(
            nicId,
            endpoint.id,
            session,
            request.geometry(),
            coupling.window(),
            coupling.doorbell());
    services
        .afterNic()
        .when(
            services.nic().openEndpoint(config),
            failure -> onOpened(requestId, request, endpoint, failure));
  }

  private void onOpened(
      int requestId, OpenEndpoint request, Endpoint endpoint, @Nullable Throwable failure) {
    if (failure != null) {
      dispose(endpoint);
      refuse(requestId, request.kind(), failure);
      return;
    }
    if (endpoint.state == State.OPENING) {
      endpoint.state = State.OPEN;
    }
    grant(
        requestId,
        request.kind(),
        new ControlResponse.Opened(endpoint.id, endpoint.session, request.geometry()));
  }

  void close(int requestId, ControlRequest.CloseEndpoint request) {
    Endpoint endpoint = find(request.endpointId(), request.session());
    if (endpoint == null) {
      refuse(requestId, request.kind(), notOpen(request.endpointId()));
      return;
    }
    close(endpoint, () -> grant(requestId, request.kind(), new ControlResponse.None()));
  }

  /** The NIC has closed it already; asking it again makes sure, and keeps one way of closing. */
  void onFault(int endpointId) {
    Endpoint endpoint = endpoints.get(endpointId);
    if (endpoint != null && (endpoint.state == State.OPEN || endpoint.state == State.OPENING)) {
      services.tally().endpointFaults.incrementAndGet();
      close(endpoint, () -> {});
    }
  }

  private void close(Endpoint endpoint, Runnable done) {
    endpoint.state = State.CLOSING;
    services
        .afterNic()
        .when(
            services.nic().closeEndpoint(nicId, endpoint.id),
            _ -> {
              dispose(endpoint);
              done.run();
            });
  }

  void register(int requestId, ControlRequest.RegisterRegion request) {
    RequestKind kind = request.kind();
    Endpoint endpoint = find(request.endpointId(), request.session());
    if (endpoint == null) {
      refuse(requestId, kind, notOpen(request.endpointId()));
      return;
    }
    Refusal refusal = account.takeRegion(request.pageCount());
    if (refusal != null) {
      refuse(requestId, kind, refusal);
      return;
    }
    Access access = request.writable() ? Access.READ_WRITE : Access.READ_ONLY;
    switch (supply.region(request.pages(), request.pageCount(), access)) {
      case Refusal unmappable -> {
        account.giveRegion(request.pageCount());
        refuse(requestId, kind, unmappable);
      }
      case Mapped(var pages) -> {
        Region region = new Region(++lastRegionId, pages);
        endpoint.regions.put(region.id(), region);
        services
            .afterNic()
            .when(
                services
                    .nic()
                    .addRegion(nicId, endpoint.id, region.id(), pages.memory(), request.writable()),
                failure -> onRegistered(requestId, kind, endpoint, region, failure));
      }
    }
  }

  private void onRegistered(
      int requestId,
      RequestKind kind,
      Endpoint endpoint,
      Region region,
      @Nullable Throwable failure) {
    if (failure != null) {
      endpoint.unmap(region, supply, account);
      refuse(requestId, kind, failure);
    } else {
      grant(requestId, kind, new ControlResponse.Registered(region.id()));
    }
  }

  void deregister(int requestId, ControlRequest.DeregisterRegion request) {
    RequestKind kind = request.kind();
    Endpoint endpoint = find(request.endpointId(), request.session());
    if (endpoint == null) {
      refuse(requestId, kind, notOpen(request.endpointId()));
      return;
    }
    Region region = endpoint.regions.remove(request.regionId());
    if (region == null) {
      long value = Integer.toUnsignedLong(request.regionId());
      refuse(requestId, kind, new Refusal(ReturnCode.BAD_PARAM_VAL, Detail.REGION_ID, value));
      return;
    }
    endpoint.leaving.add(region);
    services
        .afterNic()
        .when(
            services.nic().removeRegion(nicId, endpoint.id, region.id()),
            _ -> {
              endpoint.unmap(region, supply, account);
              grant(requestId, kind, new ControlResponse.None());
            });
  }

  /** Gives back what the endpoints hold: the NIC has removed the board. */
  void disposeAll(Runnable done) {
    whenEmpty = done;
    for (Endpoint endpoint : List.copyOf(endpoints.values())) {
      dispose(endpoint);
    }
    checkEmpty();
  }

  /** Unmaps at once; closes the channel when no thread sleeps on it any more. */
  private void dispose(Endpoint endpoint) {
    if (endpoint.state == State.GONE) {
      return;
    }
    CompletableFuture<Void> ended = endpoint.coupling.end();
    endpoint.unmapAll(supply, account);
    endpoints.remove(endpoint.id);
    channelsLeaving++;
    services
        .afterNic()
        .when(
            ended,
            _ -> {
              endpoint.channel.close();
              channelsLeaving--;
              checkEmpty();
            });
  }

  private void checkEmpty() {
    Runnable done = whenEmpty;
    if (done != null && channelsLeaving == 0) {
      whenEmpty = null;
      done.run();
    }
  }

  private @Nullable Refusal unfitting(OpenEndpoint request) {
    if (request.endpointId() >= services.context().endpointsPerBoard()) {
      return notOpen(request.endpointId());
    }
    if (endpoints.containsKey(request.endpointId())) {
      return new Refusal(ReturnCode.BUSY, Detail.ENDPOINT_ID, request.endpointId());
    }
    return GeometryLimits.beyond(request.geometry(), services.context().largestWindow())
        .map(part -> new Refusal(ReturnCode.BAD_PARAM_VAL, part.part(), part.value()))
        .orElse(null);
  }

  private static @Nullable Refusal unrecognised(MappedPages window) {
    if (new ControlLines(window.memory()).recognised()) {
      return null;
    }
    long magic = Integer.toUnsignedLong(window.memory().get(WORD, 0));
    return new Refusal(ReturnCode.BAD_LIB_VERSION, Detail.WINDOW_HEADER, magic);
  }

  /** Returns an endpoint that is open, and is the very one that the VM means. */
  private @Nullable Endpoint find(int endpointId, int session) {
    Endpoint endpoint = endpoints.get(endpointId);
    boolean meant = endpoint != null && endpoint.state == State.OPEN && endpoint.session == session;
    return meant ? endpoint : null;
  }

  private static Refusal notOpen(int endpointId) {
    return new Refusal(ReturnCode.BAD_ENDPOINT, Detail.ENDPOINT_ID, endpointId);
  }

  private void grant(int requestId, RequestKind kind, ControlResponse.Result result) {
    replies.answer(ControlResponse.granted(requestId, kind, result));
  }

  private void refuse(int requestId, RequestKind kind, Throwable failure) {
    refuse(requestId, kind, new Refusal(AfterNic.code(failure), Detail.NONE, 0));
  }

  private void refuse(int requestId, RequestKind kind, @Nullable Refusal refusal) {
    Refusal said = refusal == null ? new Refusal(ReturnCode.FAILURE, Detail.NONE, 0) : refusal;
    replies.answer(
        ControlResponse.refused(requestId, kind.code(), said.code(), said.detail(), said.value()));
  }
}
