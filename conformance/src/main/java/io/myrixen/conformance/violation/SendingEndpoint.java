package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An endpoint that sends in some other way. */
final class SendingEndpoint extends ForwardingEndpoint {

  /** Match info of messages that only end a request. */
  private static final long ENDED = 0x0_DEAD_BEA7L;

  private final Way way;

  SendingEndpoint(Endpoint inner, Way way) {
    super(inner);
    this.way = way;
  }

  /** A send as it was asked for. */
  record Call(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request,
      boolean synchronous) {

    long length() {
      return Segments.length(segments);
    }

    Call of(MemorySegment memory) {
      return of(List.of(memory));
    }

    Call of(List<MemorySegment> others) {
      return new Call(others, destination, matchInfo, request, synchronous);
    }

    Call without() {
      return new Call(segments, destination, matchInfo, null, synchronous);
    }

    /** Does it on {@code endpoint} as it is asked for. */
    void on(Endpoint endpoint) {
      if (synchronous) {
        endpoint.issend(segments, destination, matchInfo, request);
      } else {
        endpoint.isend(segments, destination, matchInfo, request);
      }
    }
  }

  /** What is done instead of a send. */
  @FunctionalInterface
  interface Way {
    void send(Endpoint endpoint, Call call);
  }

  /** Ends {@code request} at once with success, as a send that has nothing to do. */
  static void end(Endpoint endpoint, @Nullable Request request) {
    if (request != null) {
      Request nobodys = endpoint.newRequest();
      endpoint.irecv(List.of(), ENDED, Mx.MATCH_EXACT, nobodys);
      endpoint.forget(nobodys);
      endpoint.isend(List.of(), endpoint.address(), ENDED, request);
    }
  }

  @Override
  public void isend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    way.send(inner(), new Call(segments, destination, matchInfo, request, false));
  }

  @Override
  public void issend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    way.send(inner(), new Call(segments, destination, matchInfo, request, true));
  }
}
