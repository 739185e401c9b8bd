package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * An echo and a stream between two guests, for one size at a time. The one that measures is {@code
 * active}; the other one does the same steps from the other side. Memory is registered.
 */
final class PingPong {

  /** Messages of a stream that may be under way at once. */
  private static final int DEPTH = 16;

  private final Endpoint endpoint;
  private final Waiting waiting;
  private final MemorySegment memory;
  private final Request[] requests = new Request[DEPTH];
  private final Request reply;
  private final Status status = new Status();

  /**
   * Allocates what messages of up to {@code maxBytes} need.
   *
   * @throws MxException {@code NO_RESOURCES} naming the quota
   */
  PingPong(Endpoint endpoint, Waiting waiting, long maxBytes) {
    this.endpoint = endpoint;
    this.waiting = waiting;
    this.memory = endpoint.allocate(Math.max(1, 2 * maxBytes));
    this.reply = endpoint.newRequest();
    Arrays.setAll(requests, _ -> endpoint.newRequest());
  }

  /** Measures round trips of {@code bytes} bytes, and a stream of them. */
  Line active(EndpointAddress peer, int self, int other, int bytes, int echoes, int streamed) {
    MemorySegment out = memory.asSlice(0, bytes);
    MemorySegment in = memory.asSlice(memory.byteSize() / 2, bytes);
    long[] nanos = new long[echoes];
    int warmUp = echoes / 4;
    for (int i = -warmUp; i < echoes; i++) {
      endpoint.irecv(in, Tag.of(Tag.PONG, 0, other, 0), Mx.MATCH_EXACT, reply);
      long startNs = System.nanoTime();
      endpoint.isend(out, peer, Tag.of(Tag.PING, 0, self, 0), requests[0]);
      waiting.received(reply, other, status);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - startNs;
      }
      waiting.sent(requests[0], status);
    }
    Arrays.sort(nanos);
    return Line.of("measured")
        .with("size", bytes)
        .with("echoes", echoes)
        .with("rttP50Us", nanos[echoes / 2] / 1e3)
        .with("rttP99Us", nanos[(int) (echoes * 0.99)] / 1e3)
        .with("gbytesPerSecond", stream(peer, self, other, out, in, streamed));
  }

  private double stream(
      EndpointAddress peer,
      int self,
      int other,
      MemorySegment out,
      MemorySegment in,
      int streamed) {
    endpoint.irecv(in, Tag.of(Tag.PONG, 1, other, 0), Mx.MATCH_EXACT, reply);
    long startNs = System.nanoTime();
    for (int i = 0; i < streamed; i++) {
      if (i >= DEPTH) {
        waiting.sent(requests[i % DEPTH], status);
      }
      endpoint.isend(out, peer, Tag.of(Tag.STREAM, 0, self, 0), requests[i % DEPTH]);
    }
    for (int i = Math.max(0, streamed - DEPTH); i < streamed; i++) {
      waiting.sent(requests[i % DEPTH], status);
    }
    waiting.received(reply, other, status);
    double seconds = (System.nanoTime() - startNs) / 1e9;
    return out.byteSize() * (double) streamed / seconds / 1e9;
  }

  /** The other side of {@link #active}. */
  void passive(EndpointAddress peer, int self, int other, int bytes, int echoes, int streamed) {
    MemorySegment in = memory.asSlice(0, bytes);
    MemorySegment out = memory.asSlice(memory.byteSize() / 2, bytes);
    int total = echoes + echoes / 4;
    endpoint.irecv(in, Tag.of(Tag.PING, 0, other, 0), Mx.MATCH_EXACT, requests[0]);
    for (int i = 0; i < total; i++) {
      waiting.received(requests[0], other, status);
      if (i + 1 < total) {
        endpoint.irecv(in, Tag.of(Tag.PING, 0, other, 0), Mx.MATCH_EXACT, requests[0]);
      }
      endpoint.isend(out, peer, Tag.of(Tag.PONG, 0, self, 0), reply);
      waiting.sent(reply, status);
    }
    for (int i = 0; i < streamed + DEPTH; i++) {
      if (i >= DEPTH) {
        waiting.received(requests[i % DEPTH], other, status);
      }
      if (i < streamed) {
        endpoint.irecv(in, Tag.of(Tag.STREAM, 0, other, 0), Mx.MATCH_EXACT, requests[i % DEPTH]);
      }
    }
    endpoint.isend(out.asSlice(0, 0), peer, Tag.of(Tag.PONG, 1, self, 0), reply);
    waiting.sent(reply, status);
  }
}
