package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.conformance.violation.SendingEndpoint.Call;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What goes wrong only when much is in flight, or in the background. */
final class ProgressViolations {

  private static final int THRESHOLD = 32_768;

  private ProgressViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.opened(
            "nothing-happens-in-the-background",
            options -> options.withBackgroundProgress(false),
            "receiver-that-computes-loses-nothing"),
        Violation.of(
            "message-65-is-lost",
            endpoint -> counting(endpoint, 65, 0),
            "resources-are-waited-for",
            "many-messages-in-flight"),
        Violation.of(
            "message-20-is-lost",
            endpoint -> counting(endpoint, 20, 0),
            "unexpected-memory-has-a-limit",
            "flooding-does-not-stop-a-large-send"),
        Violation.of(
            "message-50-comes-twice", endpoint -> counting(endpoint, 50, 2), "messages-stream"),
        Violation.of(
            "synchronous-send-129-is-lost", LimitedSync::new, "both-sides-send-large-at-once"),
        Violation.of("one-partner-is-the-most", OnePartner::new, "endpoints-connect-crosswise"),
        Violation.of(
            "large-memory-is-read-once",
            endpoint -> {
              var known = new HashMap<MemorySegment, MemorySegment>();
              return new SendingEndpoint(endpoint, (inner, call) -> cached(known, call).on(inner));
            },
            "memory-is-read-when-sent"),
        Violation.ofHost(
            "only-one-thread-may-open", OneOpener::new, "threads-open-and-close-at-once"));
  }

  /** Sends message {@code number} so many times. */
  private static Endpoint counting(Endpoint endpoint, int number, int times) {
    int[] count = {0};
    return new SendingEndpoint(
        endpoint,
        (inner, call) -> {
          int now = ++count[0] == number ? times : 1;
          if (now == 0) {
            SendingEndpoint.end(inner, call.request());
          } else {
            call.on(inner);
          }
          for (int i = 1; i < now; i++) {
            call.of(Segments.copy(call.segments())).without().on(inner);
          }
        });
  }

  private static Call cached(Map<MemorySegment, MemorySegment> known, Call call) {
    if (call.length() <= THRESHOLD || call.segments().size() != 1) {
      return call;
    }
    MemorySegment place = MemorySegment.ofAddress(call.segments().getFirst().address());
    return call.of(known.computeIfAbsent(place, _ -> Segments.copy(call.segments())));
  }

  private static final class LimitedSync extends ForwardingEndpoint {

    private int count;

    LimitedSync(Endpoint inner) {
      super(inner);
    }

    @Override
    public void issend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (++count == 129) {
        SendingEndpoint.end(inner(), request);
      } else {
        super.issend(segments, destination, matchInfo, request);
      }
    }
  }

  private static final class OnePartner extends ForwardingEndpoint {

    private record Place(long nicId, int endpointId) {}

    private @Nullable Place only;

    OnePartner(Endpoint inner) {
      super(inner);
    }

    @Override
    public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
      Place wanted = new Place(nicId, endpointId);
      if (only == null) {
        only = wanted;
      }
      if (!wanted.equals(only)) {
        throw new MxException(ReturnCode.NO_RESOURCES, "one partner is the most");
      }
      super.iconnect(nicId, endpointId, key, matchInfo, request);
    }
  }

  private static final class OneOpener extends ForwardingHost {

    private final AtomicReference<@Nullable Thread> opener = new AtomicReference<>();

    OneOpener(Host inner) {
      super(inner);
    }

    @Override
    public Endpoint openEndpoint(int board, int endpointId, int filter, EndpointOptions options) {
      Thread current = Thread.currentThread();
      opener.compareAndSet(null, current);
      if (!current.equals(opener.get())) {
        throw new MxException(ReturnCode.BUSY, "another thread opens endpoints here");
      }
      return super.openEndpoint(board, endpointId, filter, options);
    }
  }
}
