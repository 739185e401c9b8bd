package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** An endpoint that posts receives in some other way. */
final class ReceivingEndpoint extends ForwardingEndpoint {

  private final Way way;

  ReceivingEndpoint(Endpoint inner, Way way) {
    super(inner);
    this.way = way;
  }

  /** What is done instead of a receive. */
  @FunctionalInterface
  interface Way {
    void receive(
        Endpoint endpoint, List<MemorySegment> segments, long info, long mask, Request request);
  }

  @Override
  public void irecv(List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
    way.receive(inner(), segments, matchInfo, matchMask, request);
  }
}
