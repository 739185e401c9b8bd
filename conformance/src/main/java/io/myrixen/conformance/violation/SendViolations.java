package io.myrixen.conformance.violation;

import io.myrixen.conformance.violation.SendingEndpoint.Call;
import io.myrixen.conformance.violation.SendingEndpoint.Way;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done wrong with what is sent, and with when that is told. */
final class SendViolations {

  private static final int THRESHOLD = 32_768;

  private SendViolations() {}

  static List<Violation> violations() {
    var violations = new ArrayList<Violation>();
    corrupted(violations, "tiny", 1, 32);
    corrupted(violations, "small", 33, 128);
    corrupted(violations, "medium", 129, THRESHOLD);
    corrupted(violations, "large", THRESHOLD + 1, Integer.MAX_VALUE);
    lastByteZero(violations);
    completions(violations);
    refusals(violations);
    return violations;
  }

  private static Violation sending(String name, Way way, String... caughtBy) {
    return Violation.of(name, endpoint -> new SendingEndpoint(endpoint, way), caughtBy);
  }

  private static void corrupted(
      List<Violation> violations, String name, int shortest, int longest) {
    violations.add(
        sending(
            "last-byte-of-%s-is-wrong".formatted(name),
            (endpoint, call) -> {
              if (call.length() >= shortest && call.length() <= longest) {
                MemorySegment copy = Segments.copy(call.segments());
                long last = copy.byteSize() - 1;
                byte right = copy.get(ValueLayout.JAVA_BYTE, last);
                copy.set(ValueLayout.JAVA_BYTE, last, (byte) ~right);
                call.of(copy).on(endpoint);
              } else {
                call.on(endpoint);
              }
            },
            name + "-arrives-intact-when-expected",
            name + "-arrives-intact-when-unexpected",
            "messages-bounce"));
  }

  private static void lastByteZero(List<Violation> violations) {
    violations.add(
        sending(
            "medium-ends-with-a-zero",
            (endpoint, call) -> {
              if (call.length() > 128 && call.length() <= THRESHOLD) {
                MemorySegment copy = Segments.copy(call.segments());
                copy.set(ValueLayout.JAVA_BYTE, copy.byteSize() - 1, (byte) 0);
                call.of(copy).on(endpoint);
              } else {
                call.on(endpoint);
              }
            },
            "messages-of-any-alignment"));
  }

  private static void completions(List<Violation> violations) {
    violations.add(
        sending(
            "every-send-is-synchronous",
            (endpoint, call) ->
                endpoint.issend(
                    call.segments(), call.destination(), call.matchInfo(), call.request()),
            "eager-send-completes-unmatched",
            "truncated-eager-send-succeeds"));
    violations.add(
        Violation.of("buffer-is-read-late", ReadLate::new, "buffer-is-free-after-completion"));
    violations.add(
        sending(
            "large-send-completes-at-once",
            (endpoint, call) -> {
              if (!call.synchronous() && call.length() > THRESHOLD) {
                endAtOnce(endpoint, call);
              } else {
                call.on(endpoint);
              }
            },
            "large-send-completes-at-match",
            "truncated-large-send-tells-what-was-taken",
            "truncated-to-nothing"));
    violations.add(
        sending(
            "synchronous-send-is-a-plain-one",
            (endpoint, call) ->
                endpoint.isend(
                    call.segments(), call.destination(), call.matchInfo(), call.request()),
            "synchronous-send-completes-at-match",
            "empty-synchronous-send-completes-at-match",
            "truncated-synchronous-send-tells-what-was-taken"));
    violations.add(
        sending(
            "send-to-itself-completes-at-once",
            (endpoint, call) -> {
              if (call.destination().equals(endpoint.address())) {
                endAtOnce(endpoint, call);
              } else {
                call.on(endpoint);
              }
            },
            "send-to-itself-is-synchronous",
            "truncated-send-to-itself-tells-what-was-taken"));
    violations.add(
        sending(
            "send-without-request-is-lost",
            (endpoint, call) -> {
              if (call.request() != null) {
                call.on(endpoint);
              }
            },
            "send-without-request-is-forgotten"));
  }

  private static void endAtOnce(Endpoint endpoint, Call call) {
    call.of(Segments.copy(call.segments())).without().on(endpoint);
    SendingEndpoint.end(endpoint, call.request());
  }

  private static void refusals(List<Violation> violations) {
    violations.add(
        sending(
            "misuse-of-a-send-is-swallowed",
            (endpoint, call) -> {
              try {
                call.on(endpoint);
              } catch (MxException e) {
                if (e.code() != ReturnCode.BAD_REQUEST && e.code() != ReturnCode.BAD_ENDPOINT) {
                  throw e;
                }
              }
            },
            "request-in-use-is-bad-request",
            "address-of-another-endpoint-is-refused",
            "closed-endpoint-refuses"));
    violations.add(
        sending(
            "message-of-no-segments-is-refused",
            (endpoint, call) -> {
              if (call.segments().isEmpty()) {
                throw new MxException(ReturnCode.BAD_SEG_LIST, "no segments");
              }
              call.on(endpoint);
            },
            "no-segments-are-an-empty-message"));
    violations.add(
        sending(
            "empty-segment-ends-the-message",
            (endpoint, call) -> call.of(upToEmpty(call.segments())).on(endpoint),
            "empty-segments-may-stand-anywhere",
            "segments-gather-and-scatter"));
    violations.add(
        sending(
            "255-segments-are-the-most",
            (endpoint, call) -> {
              if (call.segments().size() > 255) {
                throw new MxException(ReturnCode.BAD_SEG_CNT, "more than 255 segments");
              }
              call.on(endpoint);
            },
            "256-segments-are-taken"));
    violations.add(
        sending(
            "segments-beyond-256-are-left-out",
            (endpoint, call) ->
                call.of(call.segments().subList(0, Math.min(256, call.segments().size())))
                    .on(endpoint),
            "257-segments-are-bad-seg-cnt"));
    violations.add(
        sending(
            "segments-are-gathered-backwards",
            (endpoint, call) -> call.of(call.segments().reversed()).on(endpoint),
            "segments-gather-and-scatter"));
  }

  private static List<MemorySegment> upToEmpty(List<MemorySegment> segments) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).byteSize() == 0) {
        return segments.subList(0, i);
      }
    }
    return segments;
  }

  /** Tells that a send is complete, and reads its memory when next asked to progress. */
  private static final class ReadLate extends ForwardingEndpoint {

    private final List<Call> late = new ArrayList<>();

    ReadLate(Endpoint inner) {
      super(inner);
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      late.add(new Call(segments, destination, matchInfo, null, false));
      SendingEndpoint.end(inner(), request);
    }

    @Override
    public boolean progress() {
      late.forEach(call -> call.on(inner()));
      late.clear();
      return super.progress();
    }
  }
}
