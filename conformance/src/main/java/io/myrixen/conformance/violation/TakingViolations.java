package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What can be done wrong when requests are cancelled, forgotten, or asked whether buffered. */
final class TakingViolations {

  private TakingViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of(
            "nothing-can-be-cancelled",
            NoCancel::new,
            "cancel-takes-an-unmatched-receive-back",
            "cancel-takes-an-unfinished-connect-back"),
        Violation.of(
            "what-has-ended-can-be-cancelled",
            LateCancel::new,
            "cancel-comes-too-late-for-a-matched-receive"),
        Violation.of("cancel-takes-all-receives", CancelAll::new, "cancel-leaves-other-receives"),
        Violation.of(
            "cancel-of-a-send-tells-false", MildCancel::new, "cancel-of-a-send-is-not-supported"),
        Violation.of(
            "cancelled-receives-are-never-reported",
            SilentCancel::new,
            "cancel-without-test-ends-a-receive-cancelled",
            "cancel-without-test-ends-a-connect-cancelled"),
        Violation.of(
            "nothing-is-buffered",
            endpoint -> new Buffered(endpoint, false),
            "eager-send-is-buffered"),
        Violation.of(
            "everything-is-buffered",
            endpoint -> new Buffered(endpoint, true),
            "large-send-is-buffered-when-complete",
            "buffered-of-no-send-is-bad-request"),
        Violation.of(
            "forgetting-does-nothing",
            NoForget::new,
            "forgotten-send-arrives-unreported",
            "forgotten-receive-gets-its-message",
            "forgetting-drops-an-outcome"),
        Violation.of(
            "forgetting-cancels", ForgetCancels::new, "forgotten-receive-gets-its-message"));
  }

  private static final class NoCancel extends ForwardingEndpoint {

    NoCancel(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean cancel(Request request) {
      return false;
    }
  }

  private static final class LateCancel extends ForwardingEndpoint {

    LateCancel(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean cancel(Request request) {
      return super.cancel(request) || super.test(request, new Status());
    }
  }

  private static final class CancelAll extends ForwardingEndpoint {

    private final List<Request> receives = new ArrayList<>();

    CancelAll(Endpoint inner) {
      super(inner);
    }

    @Override
    public void irecv(
        List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
      receives.add(request);
      super.irecv(segments, matchInfo, matchMask, request);
    }

    @Override
    public boolean cancel(Request request) {
      boolean cancelled = super.cancel(request);
      for (Request other : receives) {
        if (other.pending()) {
          cancelled |= super.cancel(other);
        }
      }
      return cancelled;
    }
  }

  private static final class MildCancel extends ForwardingEndpoint {

    MildCancel(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean cancel(Request request) {
      try {
        return super.cancel(request);
      } catch (MxException _) {
        return false;
      }
    }
  }

  private static final class SilentCancel extends ForwardingEndpoint {

    SilentCancel(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean cancelNotest(Request request) {
      return super.cancel(request);
    }
  }

  private static final class Buffered extends ForwardingEndpoint {

    private final boolean always;

    Buffered(Endpoint inner, boolean always) {
      super(inner);
      this.always = always;
    }

    @Override
    public boolean ibuffered(Request request) {
      return always;
    }
  }

  private static final class NoForget extends ForwardingEndpoint {

    NoForget(Endpoint inner) {
      super(inner);
    }

    @Override
    public void forget(Request request) {}
  }

  private static final class ForgetCancels extends ForwardingEndpoint {

    ForgetCancels(Endpoint inner) {
      super(inner);
    }

    @Override
    public void forget(Request request) {
      try {
        var _ = super.cancel(request);
      } catch (MxException _) {
        super.forget(request);
      }
    }
  }
}
