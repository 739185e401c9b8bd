package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be done wrong when endpoints are opened and closed. */
final class OpenViolations {

  private OpenViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.ofHost(
            "any-endpoint-skips-id-0",
            opening((host, board, id, key, options) ->
                id == Mx.ANY_ENDPOINT
                    ? skipping(host, board, key, options)
                    : host.openEndpoint(board, id, key, options)),
            "open-any-tries-each-id-on-every-board"),
        Violation.ofHost(
            "taken-id-opens-another",
            instead(
                ReturnCode.BUSY,
                (host, board, _, key, options) ->
                    host.openEndpoint(board, Mx.ANY_ENDPOINT, key, options)),
            "open-taken-id-is-busy"),
        Violation.ofHost(
            "bad-id-opens-any",
            instead(
                ReturnCode.BAD_ENDPOINT,
                (host, board, _, key, options) ->
                    host.openEndpoint(board, Mx.ANY_ENDPOINT, key, options)),
            "open-beyond-last-id-is-bad-endpoint"),
        Violation.ofHost(
            "unknown-board-opens-board-0",
            instead(
                ReturnCode.BOARD_UNKNOWN,
                (host, _, id, key, options) -> host.openEndpoint(0, id, key, options)),
            "open-on-no-board-is-board-unknown"),
        Violation.ofHost(
            "busy-is-told-as-no-resources",
            instead(
                ReturnCode.BUSY,
                (_, _, id, _, _) -> {
                  throw new MxException(ReturnCode.NO_RESOURCES, "endpoint id " + id);
                }),
            "open-with-all-ids-taken-is-busy",
            "open-taken-id-is-busy"),
        Violation.of(
            "session-is-the-same-in-each-opening",
            SameSession::new,
            "open-again-has-a-new-session",
            "connect-tells-the-address"),
        Violation.of(
            "own-address-cannot-be-sent-to", NoSelfSend::new, "own-address-can-be-sent-to"),
        Violation.of(
            "close-leaves-requests-pending", PendingAfterClose::new, "close-ends-pending-requests"),
        Violation.of(
            "closed-endpoint-swallows-calls", SilentAfterClose::new, "closed-endpoint-refuses"));
  }

  /** Opens an endpoint in some other way. */
  private interface Opening {
    Endpoint open(Host host, int board, int endpointId, int key, EndpointOptions options);
  }

  private static UnaryOperator<Host> opening(Opening opening) {
    return host ->
        new ForwardingHost(host) {
          @Override
          public Endpoint openEndpoint(
              int board, int endpointId, int filter, EndpointOptions options) {
            return opening.open(host, board, endpointId, filter, options);
          }
        };
  }

  /** Does {@code otherwise} what should be refused with {@code code}. */
  private static UnaryOperator<Host> instead(ReturnCode code, Opening otherwise) {
    return opening((host, board, id, key, options) -> {
      try {
        return host.openEndpoint(board, id, key, options);
      } catch (MxException e) {
        if (e.code() == code) {
          return otherwise.open(host, board, id, key, options);
        }
        throw e;
      }
    });
  }

  private static Endpoint skipping(Host host, int board, int key, EndpointOptions options) {
    int last = host.boards().getFirst().maxEndpoints() - 1;
    for (int id = 1; id < last; id++) {
      try {
        return host.openEndpoint(board, id, key, options);
      } catch (MxException e) {
        if (e.code() != ReturnCode.BUSY) {
          throw e;
        }
      }
    }
    return host.openEndpoint(board, last, key, options);
  }

  private static final class SameSession extends ForwardingEndpoint {

    private final EndpointAddress address;

    SameSession(Endpoint inner) {
      super(inner);
      address =
          new ForwardingAddress(inner.address()) {
            @Override
            public int session() {
              return 1;
            }
          };
    }

    @Override
    public EndpointAddress address() {
      return address;
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

  private static final class NoSelfSend extends ForwardingEndpoint {

    NoSelfSend(Endpoint inner) {
      super(inner);
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (destination.equals(address())) {
        throw new MxException(ReturnCode.BAD_ENDPOINT, "connect to yourself first");
      }
      super.isend(segments, destination, matchInfo, request);
    }
  }

  private static final class PendingAfterClose extends ForwardingEndpoint {

    private boolean closed;

    PendingAfterClose(Endpoint inner) {
      super(inner);
    }

    @Override
    public CloseReport close(Duration linger) {
      closed = true;
      return super.close(linger);
    }

    @Override
    public boolean test(Request request, Status status) {
      return !closed && super.test(request, status);
    }
  }

  private static final class SilentAfterClose extends ForwardingEndpoint {

    private boolean closed;

    SilentAfterClose(Endpoint inner) {
      super(inner);
    }

    @Override
    public CloseReport close(Duration linger) {
      closed = true;
      return super.close(linger);
    }

    @Override
    public void isend(
        List<MemorySegment> segments,
        EndpointAddress destination,
        long matchInfo,
        @Nullable Request request) {
      if (!closed) {
        super.isend(segments, destination, matchInfo, request);
      }
    }

    @Override
    public void irecv(
        List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
      if (!closed) {
        super.irecv(segments, matchInfo, matchMask, request);
      }
    }
  }
}
