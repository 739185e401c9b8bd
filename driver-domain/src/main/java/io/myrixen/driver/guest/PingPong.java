package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * An echo between two guests, for one size at a time. The one that measures is {@code active}; the
 * other one does the same steps from the other side. Memory is registered.
 */
final class PingPong {

  private final Endpoint endpoint;
  private final Waiting waiting;
  private final MemorySegment memory;
  private final Request request;
  private final Request reply;
  private final Status status = new Status();

  /** Uses {@code memory}: half of it holds the largest message. */
  PingPong(Endpoint endpoint, Waiting waiting, MemorySegment memory) {
    this.endpoint = endpoint;
    this.waiting = waiting;
    this.memory = memory;
    this.request = endpoint.newRequest();
    this.reply = endpoint.newRequest();
  }

  /** Measures round trips of {@code bytes} bytes, after a warm-up of a quarter as many. */
  Line active(Stream.Pair pair, int bytes, int echoes) {
    int other = pair.other();
    MemorySegment out = memory.asSlice(0, bytes);
    MemorySegment in = memory.asSlice(memory.byteSize() / 2, bytes);
    long[] nanos = new long[echoes];
    int warmUp = echoes / 4;
    for (int i = -warmUp; i < echoes; i++) {
      endpoint.irecv(in, Tag.of(Tag.PONG, 0, other, 0), Mx.MATCH_EXACT, reply);
      long startNs = System.nanoTime();
      endpoint.isend(out, pair.peer(), Tag.of(Tag.PING, 0, pair.self(), 0), request);
      waiting.received(reply, other, status);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - startNs;
      }
      waiting.sent(request, status);
    }
    Arrays.sort(nanos);
    return Line.of("measured")
        .with("rttP50Us", nanos[echoes / 2] / 1e3)
        .with("rttP99Us", nanos[(int) (echoes * 0.99)] / 1e3);
  }

  /** The other side of {@link #active}. */
  Line passive(Stream.Pair pair, int bytes, int echoes) {
    int other = pair.other();
    MemorySegment in = memory.asSlice(0, bytes);
    MemorySegment out = memory.asSlice(memory.byteSize() / 2, bytes);
    int total = echoes + echoes / 4;
    endpoint.irecv(in, Tag.of(Tag.PING, 0, other, 0), Mx.MATCH_EXACT, request);
    for (int i = 0; i < total; i++) {
      waiting.received(request, other, status);
      if (i + 1 < total) {
        endpoint.irecv(in, Tag.of(Tag.PING, 0, other, 0), Mx.MATCH_EXACT, request);
      }
      endpoint.isend(out, pair.peer(), Tag.of(Tag.PONG, 0, pair.self(), 0), reply);
      waiting.sent(reply, status);
    }
    return Line.of("echoed");
  }
}
