package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import java.time.Duration;
import java.util.List;

/** What can be done wrong with context ids. */
final class ContextViolations {

  /** The bit that names a context where there are two. */
  private static final long CONTEXT = 1L << 41;

  private ContextViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.opened(
            "context-ids-are-ignored",
            options -> options.withContextId(0, 0),
            "receive-over-contexts-is-refused"),
        Violation.of(
            "any-and-probe-over-contexts-see-context-0",
            FirstContextAlone::new,
            "any-over-contexts-sees-all",
            "probe-over-contexts-sees-all"),
        Violation.of(
            "highest-16-bits-are-not-compared",
            endpoint ->
                new ReceivingEndpoint(
                    endpoint,
                    (inner, segments, info, mask, request) ->
                        inner.irecv(segments, info << 16 >>> 16, mask << 16 >>> 16, request)),
            "context-id-may-be-the-highest-bits",
            "receive-takes-only-what-matches"),
        Violation.of(
            "mask-0-is-refused",
            endpoint ->
                new ReceivingEndpoint(
                    endpoint,
                    (inner, segments, info, mask, request) -> {
                      if (mask == 0) {
                        throw new MxException(
                            ReturnCode.BAD_MATCHING_FOR_CONTEXT_ID_MASK, "mask 0");
                      }
                      inner.irecv(segments, info, mask, request);
                    }),
            "context-id-of-no-bits-changes-nothing",
            "mask-0-takes-anything"));
  }

  private static final class FirstContextAlone extends ForwardingEndpoint {

    FirstContextAlone(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean testAny(long matchInfo, long matchMask, Status status) {
      return super.testAny(matchInfo, matchMask | CONTEXT, status);
    }

    @Override
    public boolean iprobe(long matchInfo, long matchMask, Status status) {
      return super.iprobe(matchInfo, matchMask | CONTEXT, status);
    }

    @Override
    public boolean probe(long matchInfo, long matchMask, Duration timeout, Status status) {
      return super.probe(matchInfo, matchMask | CONTEXT, timeout, status);
    }
  }
}
