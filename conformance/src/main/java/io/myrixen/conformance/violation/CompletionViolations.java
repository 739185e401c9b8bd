package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done wrong when requests are tested and waited for. */
final class CompletionViolations {

  private CompletionViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of(
            "test-in-vain-clears-the-status", Clearing::new, "test-tells-whether-it-has-ended"),
        Violation.of(
            "request-can-be-taken-twice",
            TakenTwice::new,
            "taken-request-is-free",
            "any-frees-the-request",
            "request-in-use-is-bad-request"),
        Violation.of(
            "wait-in-vain-ends-the-request",
            EndingWait::new,
            "wait-ends-when-time-has-passed",
            "wait-any-ends-when-time-has-passed"),
        Violation.of("time-out-of-0-polls", ZeroPolls::new, "wait-of-0-has-no-limit"),
        Violation.of(
            "any-ignores-its-match-info",
            AnyIgnoresInfo::new,
            "any-takes-what-its-mask-says",
            "any-finds-receives-by-the-messages-info",
            "wait-any-sees-one-context"),
        Violation.of(
            "any-sees-receives-alone", BlindAny::new, "any-finds-sends", "any-finds-connects"),
        Violation.of("wait-any-polls", PollingAny::new, "wait-any-waits-for-what-comes"));
  }

  private static final class Clearing extends ForwardingEndpoint {

    Clearing(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean test(Request request, Status status) {
      boolean ended = super.test(request, status);
      if (!ended) {
        status.set(StatusCode.PENDING, null, 0, 0, 0, null);
      }
      return ended;
    }
  }

  private static final class TakenTwice extends ForwardingEndpoint {

    TakenTwice(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean test(Request request, Status status) {
      try {
        return super.test(request, status);
      } catch (MxException _) {
        return true;
      }
    }
  }

  private static final class EndingWait extends ForwardingEndpoint {

    EndingWait(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean await(Request request, Duration timeout, Status status) {
      boolean ended = super.await(request, timeout, status);
      if (!ended) {
        var _ = cancel(request);
      }
      return ended;
    }

    @Override
    public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
      var _ = super.awaitAny(matchInfo, matchMask, timeout, status);
      return true;
    }
  }

  private static final class ZeroPolls extends ForwardingEndpoint {

    ZeroPolls(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean await(Request request, Duration timeout, Status status) {
      return timeout.isZero() ? test(request, status) : super.await(request, timeout, status);
    }
  }

  private static final class AnyIgnoresInfo extends ForwardingEndpoint {

    AnyIgnoresInfo(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean testAny(long matchInfo, long matchMask, Status status) {
      return super.testAny(0, 0, status);
    }

    @Override
    public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
      return super.awaitAny(0, 0, timeout, status);
    }
  }

  /** Sees receives alone. */
  private static final class BlindAny extends ForwardingEndpoint {

    private final Set<Request> unseen = new HashSet<>();

    BlindAny(Endpoint inner) {
      super(inner);
    }

    @Override
    public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
      unseen.add(request);
      super.iconnect(nicId, endpointId, key, matchInfo, request);
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (request != null) {
        unseen.add(request);
      }
      super.isend(segments, destination, matchInfo, request);
    }

    @Override
    public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
      Request ended = peek(timeout);
      return (ended == null || !unseen.contains(ended))
          && super.testAny(matchInfo, matchMask, status);
    }
  }

  private static final class PollingAny extends ForwardingEndpoint {

    PollingAny(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
      return super.testAny(matchInfo, matchMask, status);
    }
  }
}
