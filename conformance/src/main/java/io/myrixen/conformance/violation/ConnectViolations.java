package io.myrixen.conformance.violation;

import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What can be done wrong when endpoints connect. */
final class ConnectViolations {

  private ConnectViolations() {}

  static List<Violation> violations() {
    var connecting = new AtomicInteger();
    return List.of(
        Violation.of(
            "connect-gives-the-own-address",
            endpoint ->
                new Connects(endpoint, status -> Statuses.source(status, endpoint.address())),
            "connect-tells-the-address"),
        Violation.of(
            "each-status-has-an-address-of-its-own",
            FreshAddresses::new,
            "connect-twice-gives-the-same-address",
            "address-context-is-found-through-source"),
        Violation.of(
            "connect-to-itself-times-out", NoSelfConnect::new, "connect-to-itself-needs-nobody"),
        Violation.of("key-is-not-checked", AnyKey::new, "connect-with-wrong-key-is-refused"),
        Violation.of(
            "wrong-key-ends-the-connection",
            KeyResets::new,
            "connect-with-wrong-key-changes-nothing"),
        Violation.of(
            "closed-is-told-as-bad-endpoint",
            Statuses.told(StatusCode.ENDPOINT_CLOSED, StatusCode.BAD_ENDPOINT),
            "connect-to-closed-endpoint-fails-at-once",
            "send-to-closed-endpoint-ends-closed"),
        Violation.of(
            "bad-endpoint-is-told-as-closed",
            Statuses.told(StatusCode.BAD_ENDPOINT, StatusCode.ENDPOINT_CLOSED),
            "connect-to-bad-endpoint-id-fails-at-once"),
        Violation.of(
            "unknown-nic-is-told-as-time-out",
            endpoint -> new OtherRefusal(endpoint, ReturnCode.NIC_NOT_FOUND, ReturnCode.TIMEOUT),
            "connect-to-unknown-nic-is-nic-not-found"),
        Violation.of(
            "time-out-is-told-as-connection-failed",
            endpoint ->
                new OtherRefusal(endpoint, ReturnCode.TIMEOUT, ReturnCode.CONNECTION_FAILED),
            "connect-to-silent-endpoint-times-out"),
        Violation.of(
            "progress-does-nothing",
            NoProgress::new,
            "target-answers-connects-while-it-calls",
            "progress-calls-are-enough"),
        Violation.of(
            "connect-loses-its-match-info",
            InfoLost::new,
            "iconnect-status-is-filled-in",
            "any-finds-connects"),
        Violation.of(
            "connects-collide",
            endpoint -> new Colliding(endpoint, connecting),
            "both-sides-may-connect-at-once"),
        Violation.of(
            "source-has-to-be-connected-to-first",
            OnlyConnected::new,
            "receiver-need-not-connect",
            "source-of-a-probe-can-be-answered"));
  }

  private static final class FreshAddresses extends ForwardingEndpoint {

    FreshAddresses(Endpoint inner) {
      super(inner);
    }

    @Override
    void outcome(Status status) {
      EndpointAddress source = Statuses.sourceOf(status);
      if (source != null) {
        Statuses.source(status, new FreshAddress(source));
      }
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      super.isend(segments, ForwardingAddress.unwrap(destination), matchInfo, request);
    }
  }

  /** Has a context of its own, too. */
  private static final class FreshAddress extends ForwardingAddress {

    private @Nullable Object context;

    FreshAddress(EndpointAddress inner) {
      super(inner);
    }

    @Override
    public @Nullable Object context() {
      return context;
    }

    @Override
    public EndpointAddress context(@Nullable Object value) {
      context = value;
      return this;
    }
  }

  private static final class NoSelfConnect extends ForwardingEndpoint {

    NoSelfConnect(Endpoint inner) {
      super(inner);
    }

    @Override
    public EndpointAddress connect(long nicId, int endpointId, int key, Duration timeout) {
      if (nicId == board().nicId() && endpointId == id()) {
        throw new MxException(ReturnCode.TIMEOUT, "nobody answers for this endpoint");
      }
      return super.connect(nicId, endpointId, key, timeout);
    }
  }

  private static final class AnyKey extends ForwardingEndpoint {

    AnyKey(Endpoint inner) {
      super(inner);
    }

    @Override
    public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
      super.iconnect(nicId, endpointId, Scene.KEY, matchInfo, request);
    }
  }

  private static final class KeyResets extends ForwardingEndpoint {

    private @Nullable EndpointAddress last;

    KeyResets(Endpoint inner) {
      super(inner);
    }

    @Override
    void outcome(Status status) {
      EndpointAddress connected = last;
      if (status.code() == StatusCode.BAD_KEY && connected != null) {
        inner().disconnect(connected);
      } else if (status.ok()) {
        last = Statuses.sourceOf(status);
      }
    }
  }

  private static final class OtherRefusal extends ForwardingEndpoint {

    private final ReturnCode truth;
    private final ReturnCode told;

    OtherRefusal(Endpoint inner, ReturnCode truth, ReturnCode told) {
      super(inner);
      this.truth = truth;
      this.told = told;
    }

    @Override
    public EndpointAddress connect(long nicId, int endpointId, int key, Duration timeout) {
      try {
        return super.connect(nicId, endpointId, key, timeout);
      } catch (MxException e) {
        throw e.code() == truth ? new MxException(told, "something else", e) : e;
      }
    }
  }

  private static final class NoProgress extends ForwardingEndpoint {

    NoProgress(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean progress() {
      return false;
    }
  }

  private static final class InfoLost extends ForwardingEndpoint {

    InfoLost(Endpoint inner) {
      super(inner);
    }

    @Override
    public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
      super.iconnect(nicId, endpointId, key, 0, request);
    }
  }

  /** While one endpoint connects, nobody answers another's connect. */
  private static final class Colliding extends ForwardingEndpoint {

    private final AtomicInteger connecting;

    Colliding(Endpoint inner, AtomicInteger connecting) {
      super(inner);
      this.connecting = connecting;
    }

    @Override
    void outcome(Status status) {
      connecting.set(0);
    }

    @Override
    public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
      boolean alone = connecting.getAndIncrement() == 0;
      super.iconnect(nicId, endpointId, alone ? key : key + 1, matchInfo, request);
    }
  }

  private static final class OnlyConnected extends Connects {

    private final Set<EndpointAddress> connected;

    OnlyConnected(Endpoint inner) {
      this(inner, new HashSet<>());
    }

    private OnlyConnected(Endpoint inner, Set<EndpointAddress> connected) {
      super(inner, status -> connected.add(status.source()));
      this.connected = connected;
      connected.add(inner.address());
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (!connected.contains(destination)) {
        throw new MxException(ReturnCode.BAD_ENDPOINT, "connect first");
      }
      super.isend(segments, destination, matchInfo, request);
    }
  }
}
