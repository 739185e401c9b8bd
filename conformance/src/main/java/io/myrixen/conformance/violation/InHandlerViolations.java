package io.myrixen.conformance.violation;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.UnexpectedHandler;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done wrong while the unexpected handler runs, and with keeping it from running. */
final class InHandlerViolations {

  private InHandlerViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of(
            "calls-in-handler-do-nothing",
            DeafInside::new,
            "handler-may-answer",
            "receive-posted-in-handler-takes-the-message"),
        Violation.of(
            "handler-finds-no-address-context",
            OtherContext::new,
            "address-context-is-there-in-handler"),
        Violation.of(
            "nothing-has-ended-in-handler", BlindInside::new, "test-in-handler-makes-no-progress"),
        Violation.of(
            "close-in-handler-is-swallowed", SilentClose::new, "close-in-handler-is-refused"),
        Violation.of(
            "progression-is-always-enabled",
            AlwaysEnabled::new,
            "no-handler-runs-while-progression-is-disabled"));
  }

  /** An endpoint that knows whether its handler runs. */
  private static class Inside extends ForwardingEndpoint {

    private boolean inside;

    Inside(Endpoint inner) {
      super(inner);
    }

    boolean inside() {
      return inside;
    }

    @Override
    public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
      super.unexpectedHandler(
          handler == null
              ? null
              : (source, info, length, data) -> {
                inside = true;
                try {
                  return handler.onUnexpected(source, info, length, data);
                } finally {
                  inside = false;
                }
              });
    }
  }

  private static final class DeafInside extends Inside {

    DeafInside(Endpoint inner) {
      super(inner);
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (!inside()) {
        super.isend(segments, destination, matchInfo, request);
      }
    }

    @Override
    public void irecv(
        List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
      if (!inside()) {
        super.irecv(segments, matchInfo, matchMask, request);
      }
    }
  }

  private static final class BlindInside extends Inside {

    BlindInside(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean test(Request request, Status status) {
      return !inside() && super.test(request, status);
    }
  }

  private static final class SilentClose extends Inside {

    SilentClose(Endpoint inner) {
      super(inner);
    }

    @Override
    public void close() {
      if (!inside()) {
        super.close();
      }
    }

    @Override
    public CloseReport close(Duration linger) {
      return inside() ? new CloseReport(0, 0) : super.close(linger);
    }
  }

  private static final class AlwaysEnabled extends ForwardingEndpoint {

    AlwaysEnabled(Endpoint inner) {
      super(inner);
    }

    @Override
    public void disableProgression() {}
  }

  private static final class OtherContext extends ForwardingEndpoint {

    OtherContext(Endpoint inner) {
      super(inner);
    }

    @Override
    public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
      super.unexpectedHandler(
          handler == null
              ? null
              : (source, info, length, data) ->
                  handler.onUnexpected(new Stranger(source), info, length, data));
    }
  }

  /** An address that somebody else has set a context on. */
  private static final class Stranger extends ForwardingAddress {

    Stranger(EndpointAddress inner) {
      super(inner);
    }

    @Override
    public Object context() {
      return "somebody else's";
    }
  }
}
