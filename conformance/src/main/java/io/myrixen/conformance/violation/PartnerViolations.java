package io.myrixen.conformance.violation;

import io.myrixen.conformance.violation.SendingEndpoint.Call;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What can be done wrong with partners: their contexts, their leaving and their coming back. */
final class PartnerViolations {

  private PartnerViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of("new-address-has-a-context", Preset::new, "address-context-is-null-at-first"),
        Violation.of(
            "address-context-is-everybodys",
            SharedContexts::new,
            "address-context-belongs-to-one-endpoint"),
        Violation.of(
            "disconnect-does-nothing",
            NoDisconnect::new,
            "disconnect-ends-pending-sends",
            "disconnected-address-is-unreachable",
            "disconnect-drops-unexpected-messages",
            "disconnect-allows-a-new-connect"),
        Violation.of("disconnect-is-from-all", DisconnectAll::new, "disconnect-leaves-others"),
        Violation.of(
            "closed-is-told-as-unreachable",
            Statuses.told(StatusCode.ENDPOINT_CLOSED, StatusCode.ENDPOINT_UNREACHABLE),
            "send-to-closed-endpoint-ends-closed"),
        Violation.of(
            "bad-session-is-told-as-closed",
            Statuses.told(StatusCode.BAD_SESSION, StatusCode.ENDPOINT_CLOSED),
            "send-to-reopened-endpoint-ends-bad-session"),
        Violation.of(
            "connect-sends-old-messages-again",
            Repeating::new,
            "reopened-endpoint-gets-nothing-old"),
        Violation.of(
            "connect-gives-the-first-address",
            FirstAddress::new,
            "reconnect-after-restart",
            "disconnect-allows-a-new-connect"),
        Violation.of(
            "failed-sends-stay-pending",
            NeverFailing::new,
            "pending-sends-end-when-partner-restarts",
            "disconnect-ends-pending-sends"));
  }

  /** What an address leads to, whichever opening of it. */
  private record Place(long nicId, int endpointId) {

    static Place of(EndpointAddress address) {
      return new Place(address.nicId(), address.endpointId());
    }
  }

  private static final class Preset extends ForwardingEndpoint {

    Preset(Endpoint inner) {
      super(inner);
    }

    @Override
    void outcome(Status status) {
      EndpointAddress source = Statuses.sourceOf(status);
      if (source != null && source.context() == null) {
        var _ = source.context("nobody set this");
      }
    }
  }

  private static final class SharedContexts extends Connects {

    private static final Map<Place, Object> CONTEXTS = new ConcurrentHashMap<>();

    SharedContexts(Endpoint inner) {
      super(inner, status -> Statuses.source(status, new Shared(status.source())));
    }

    /** An address whose context all endpoints see. */
    private static final class Shared extends ForwardingAddress {

      Shared(EndpointAddress inner) {
        super(inner);
      }

      @Override
      public @Nullable Object context() {
        return CONTEXTS.get(Place.of(this));
      }

      @Override
      public EndpointAddress context(@Nullable Object context) {
        if (context != null) {
          CONTEXTS.put(Place.of(this), context);
        }
        return this;
      }
    }
  }

  private static final class NoDisconnect extends ForwardingEndpoint {

    NoDisconnect(Endpoint inner) {
      super(inner);
    }

    @Override
    public void disconnect(EndpointAddress address) {}
  }

  private static final class DisconnectAll extends Connects {

    private final Set<EndpointAddress> connected;

    DisconnectAll(Endpoint inner) {
      this(inner, new HashSet<>());
    }

    private DisconnectAll(Endpoint inner, Set<EndpointAddress> connected) {
      super(inner, status -> connected.add(status.source()));
      this.connected = connected;
    }

    @Override
    public void disconnect(EndpointAddress address) {
      super.disconnect(address);
      connected.forEach(super::disconnect);
    }
  }

  private static final class Repeating extends Connects {

    private final List<Call> sent;

    Repeating(Endpoint inner) {
      this(inner, new ArrayList<>());
    }

    private Repeating(Endpoint inner, List<Call> sent) {
      super(
          inner,
          status -> {
            for (Call call : sent) {
              inner.isend(call.segments(), status.source(), call.matchInfo(), null);
            }
          });
      this.sent = sent;
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      sent.add(new Call(segments, destination, matchInfo, request, false));
      super.isend(segments, destination, matchInfo, request);
    }
  }

  private static final class FirstAddress extends Connects {

    FirstAddress(Endpoint inner) {
      this(inner, new HashMap<>());
    }

    private FirstAddress(Endpoint inner, Map<Place, EndpointAddress> known) {
      super(
          inner,
          status ->
              Statuses.source(
                  status, known.computeIfAbsent(Place.of(status.source()), _ -> status.source())));
    }
  }

  private static final class NeverFailing extends ForwardingEndpoint {

    NeverFailing(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean await(Request request, Duration timeout, Status status) {
      return request.pending() && super.await(request, timeout, status) && good(status);
    }

    private static boolean good(Status status) {
      return status.code() != StatusCode.ENDPOINT_UNREACHABLE
          && status.code() != StatusCode.BAD_SESSION
          && status.code() != StatusCode.ENDPOINT_CLOSED;
    }
  }
}
