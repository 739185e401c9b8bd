package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done wrong when nothing is taken: by peeks and probes. */
final class LookingViolations {

  private LookingViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of(
            "peek-takes",
            TakingPeek::new,
            "peek-gives-the-request-itself",
            "peek-finds-requests-of-every-kind"),
        Violation.of(
            "peeked-request-tests-as-pending", Undecided::new, "peeked-request-tests-as-ended"),
        Violation.of(
            "peek-gives-what-was-taken",
            StalePeek::new,
            "peek-gives-the-oldest",
            "peek-gives-the-request-itself"),
        Violation.of(
            "peek-gives-what-is-pending",
            EagerPeek::new,
            "peek-gives-nothing-for-nothing",
            "wait-peek-ends-when-time-has-passed"),
        Violation.of("wait-peek-polls", PollingPeek::new, "wait-peek-gives-what-comes"),
        Violation.of(
            "peek-does-not-see-sends",
            BlindPeek::new,
            "peek-finds-requests-of-every-kind",
            "parallel-sends-to-itself-end-in-order"),
        Violation.of(
            "probe-ignores-its-match-info",
            ProbeAll::new,
            "probe-finds-what-its-mask-says",
            "probe-finds-what-its-mask-says-in-contexts",
            "probe-outside-its-mask-is-bad-match-mask"),
        Violation.of(
            "probe-tells-no-transfer-length",
            NoTransferLength::new,
            "probe-fills-the-whole-status-in"),
        Violation.of("probe-takes", TakingProbe::new, "probe-leaves-the-message"),
        Violation.of("probe-tells-what-was-asked", EchoingProbe::new, "probe-finds-the-oldest"),
        Violation.of(
            "probe-sees-what-a-receive-took",
            SeeingProbe::new,
            "probe-does-not-see-awaited-messages"),
        Violation.of(
            "wait-probe-always-finds", FindingProbe::new, "wait-probe-ends-when-time-has-passed"),
        Violation.of("wait-probe-polls", PollingProbe::new, "wait-probe-finds-what-comes"));
  }

  private static final class TakingPeek extends ForwardingEndpoint {

    TakingPeek(Endpoint inner) {
      super(inner);
    }

    @Override
    public @Nullable Request ipeek() {
      Request ended = super.ipeek();
      if (ended != null) {
        super.forget(ended);
      }
      return ended;
    }
  }

  private static final class Undecided extends ForwardingEndpoint {

    private @Nullable Request peeked;

    Undecided(Endpoint inner) {
      super(inner);
    }

    @Override
    public @Nullable Request ipeek() {
      peeked = super.ipeek();
      return peeked;
    }

    @Override
    public boolean test(Request request, Status status) {
      boolean first = request.equals(peeked);
      peeked = null;
      return !first && super.test(request, status);
    }
  }

  private static final class StalePeek extends ForwardingEndpoint {

    private @Nullable Request known;

    StalePeek(Endpoint inner) {
      super(inner);
    }

    @Override
    public @Nullable Request ipeek() {
      Request before = known;
      if (before == null) {
        before = super.ipeek();
        known = before;
      }
      return before;
    }
  }

  private static final class EagerPeek extends ForwardingEndpoint {

    private @Nullable Request posted;

    EagerPeek(Endpoint inner) {
      super(inner);
    }

    @Override
    public void irecv(
        List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
      posted = request;
      super.irecv(segments, matchInfo, matchMask, request);
    }

    @Override
    public @Nullable Request ipeek() {
      Request ended = super.ipeek();
      return ended == null ? posted : ended;
    }

    @Override
    public @Nullable Request peek(Duration timeout) {
      Request ended = super.peek(timeout);
      return ended == null ? posted : ended;
    }
  }

  private static final class PollingPeek extends ForwardingEndpoint {

    PollingPeek(Endpoint inner) {
      super(inner);
    }

    @Override
    public @Nullable Request peek(Duration timeout) {
      return super.ipeek();
    }
  }

  private static final class BlindPeek extends ForwardingEndpoint {

    private final Set<Request> sends = new HashSet<>();

    BlindPeek(Endpoint inner) {
      super(inner);
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (request != null) {
        sends.add(request);
      }
      super.isend(segments, destination, matchInfo, request);
    }

    @Override
    public @Nullable Request ipeek() {
      Request ended = super.ipeek();
      return ended != null && sends.contains(ended) ? null : ended;
    }
  }

  private static final class ProbeAll extends ForwardingEndpoint {

    ProbeAll(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean iprobe(long matchInfo, long matchMask, Status status) {
      return super.iprobe(0, 0, status);
    }
  }

  private static final class NoTransferLength extends ForwardingEndpoint {

    NoTransferLength(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean iprobe(long matchInfo, long matchMask, Status status) {
      boolean found = super.iprobe(matchInfo, matchMask, status);
      if (found) {
        Statuses.lengths(status, status.messageLength(), 0);
      }
      return found;
    }
  }

  private static final class TakingProbe extends ForwardingEndpoint {

    TakingProbe(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean iprobe(long matchInfo, long matchMask, Status status) {
      boolean found = super.iprobe(matchInfo, matchMask, status);
      if (found) {
        Request drain = newRequest();
        super.irecv(List.of(), status.matchInfo(), Mx.MATCH_EXACT, drain);
        super.forget(drain);
      }
      return found;
    }
  }

  private static final class EchoingProbe extends ForwardingEndpoint {

    EchoingProbe(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean iprobe(long matchInfo, long matchMask, Status status) {
      boolean found = super.iprobe(matchInfo, matchMask, status);
      if (found) {
        Statuses.matchInfo(status, matchInfo);
      }
      return found;
    }
  }

  private static final class SeeingProbe extends ForwardingEndpoint {

    SeeingProbe(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean iprobe(long matchInfo, long matchMask, Status status) {
      return super.iprobe(matchInfo, matchMask, status) || super.ipeek() != null;
    }
  }

  private static final class FindingProbe extends ForwardingEndpoint {

    FindingProbe(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean probe(long matchInfo, long matchMask, Duration timeout, Status status) {
      if (!super.probe(matchInfo, matchMask, timeout, status)) {
        EndpointAddress nobody = null;
        status.set(StatusCode.SUCCESS, nobody, matchInfo, 0, 0, null);
      }
      return true;
    }
  }

  private static final class PollingProbe extends ForwardingEndpoint {

    PollingProbe(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean probe(long matchInfo, long matchMask, Duration timeout, Status status) {
      return super.iprobe(matchInfo, matchMask, status);
    }
  }
}
