package io.myrixen.conformance.violation;

import io.myrixen.conformance.violation.SendingEndpoint.Call;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done wrong when messages and receives are brought together. */
final class MatchViolations {

  private MatchViolations() {}

  static List<Violation> violations() {
    return List.of(
        receiving(
            "lowest-bit-is-not-compared",
            (endpoint, segments, info, mask, request) ->
                endpoint.irecv(segments, info & ~1, mask & ~1, request),
            "receive-takes-only-what-matches"),
        receiving(
            "mask-0-is-taken-for-exact",
            (endpoint, segments, info, mask, request) ->
                endpoint.irecv(segments, info, mask == 0 ? -1 : mask, request),
            "mask-0-takes-anything",
            "wildcard-posted-first-wins"),
        receiving(
            "match-info-is-cut-to-its-mask",
            (endpoint, segments, info, mask, request) ->
                endpoint.irecv(segments, info & mask, mask, request),
            "match-info-outside-mask-is-bad-match-mask"),
        Violation.of(
            "receives-are-posted-in-pairs-backwards",
            BackwardReceives::new,
            "posted-receives-are-searched-in-order",
            "wildcard-posted-first-wins",
            "messages-are-matched-in-send-order",
            "parallel-sends-to-itself-end-in-order"),
        Violation.of(
            "messages-are-sent-in-pairs-backwards",
            BackwardSends::new,
            "unexpected-messages-are-searched-in-order",
            "messages-are-matched-in-send-order",
            "unexpected-messages-keep-send-order"),
        receiving(
            "only-the-oldest-message-can-be-received",
            MatchViolations::onlyOldest,
            "later-message-may-be-taken-first"),
        Violation.of("receive-times-out", TimingOut::new, "receive-does-not-time-out"),
        receiving(
            "misuse-of-a-receive-is-swallowed",
            (endpoint, segments, info, mask, request) -> {
              try {
                endpoint.irecv(segments, info, mask, request);
              } catch (MxException e) {
                if (e.code() == ReturnCode.NIC_DEAD) {
                  throw e;
                }
              }
            },
            "request-in-use-is-bad-request",
            "match-info-outside-mask-is-bad-match-mask",
            "257-segments-are-bad-seg-cnt"));
  }

  private static Violation receiving(String name, ReceivingEndpoint.Way way, String... caughtBy) {
    return Violation.of(name, endpoint -> new ReceivingEndpoint(endpoint, way), caughtBy);
  }

  /** A receive that what came first does not match is never posted. */
  private static void onlyOldest(
      Endpoint endpoint, List<MemorySegment> segments, long info, long mask, Request request) {
    var oldest = new Status();
    boolean behind = endpoint.iprobe(0, 0, oldest) && (oldest.matchInfo() & mask) != info;
    if (behind) {
      endpoint.irecv(segments, -1, -1, request);
    } else {
      endpoint.irecv(segments, info, mask, request);
    }
  }

  /** Holds a receive back until the next one has been posted, or something else is asked for. */
  private static final class BackwardReceives extends ForwardingEndpoint {

    private record Held(List<MemorySegment> segments, long info, long mask, Request request) {}

    private @Nullable Held held;

    BackwardReceives(Endpoint inner) {
      super(inner);
    }

    @Override
    Endpoint inner() {
      Held receive = held;
      held = null;
      Endpoint endpoint = super.inner();
      if (receive != null) {
        endpoint.irecv(receive.segments, receive.info, receive.mask, receive.request);
      }
      return endpoint;
    }

    @Override
    public Request newRequest() {
      return super.inner().newRequest();
    }

    @Override
    public void irecv(
        List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
      if (held == null) {
        held = new Held(segments, matchInfo, matchMask, request);
      } else {
        super.inner().irecv(segments, matchInfo, matchMask, request);
        var _ = inner();
      }
    }
  }

  /** Holds a message without request back until the next one, or something else is asked for. */
  private static final class BackwardSends extends ForwardingEndpoint {

    private final List<Call> held = new ArrayList<>();

    BackwardSends(Endpoint inner) {
      super(inner);
    }

    @Override
    Endpoint inner() {
      Endpoint endpoint = super.inner();
      held.forEach(call -> call.on(endpoint));
      held.clear();
      return endpoint;
    }

    @Override
    public Request newRequest() {
      return super.inner().newRequest();
    }

    @Override
    public EndpointAddress address() {
      return super.inner().address();
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      var call = new Call(segments, destination, matchInfo, request, false);
      if (held.isEmpty()) {
        held.add(call);
      } else {
        call.on(super.inner());
        var _ = inner();
      }
    }
  }

  private static final class TimingOut extends ForwardingEndpoint {

    TimingOut(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean test(Request request, Status status) {
      if (super.test(request, status)) {
        return true;
      }
      if (super.cancel(request)) {
        status.set(StatusCode.TIMEOUT, null, 0, 0, 0, null);
        return true;
      }
      return false;
    }
  }
}
