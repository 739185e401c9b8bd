package io.myrixen.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Two endpoints, of which one sends back whatever it gets. */
final class Echo {

  static final int KEY = 7;
  static final Duration LONG = Duration.ofSeconds(20);

  /** One of each class: empty, tiny, small, medium, large. */
  static final int[] SIZES = {0, 8, 100, 5_000, 100_000};

  private static final int LARGEST = 100_000;

  private Echo() {}

  /** Sends {@code count} messages back. */
  static void serve(Endpoint endpoint, int count) {
    var status = new Status();
    Request receive = endpoint.newRequest();
    Request send = endpoint.newRequest();
    MemorySegment memory = MemorySegment.ofArray(new byte[LARGEST]);
    for (int i = 0; i < count; i++) {
      endpoint.irecv(memory, 1, -1L, receive);
      ends(endpoint, receive, status);
      endpoint.isend(memory.asSlice(0, status.transferLength()), status.source(), 2, send);
      ends(endpoint, send, status);
    }
  }

  /** Sends {@code count} messages and compares what comes back. */
  static void ask(Endpoint endpoint, EndpointAddress to, int count) {
    var status = new Status();
    Request receive = endpoint.newRequest();
    Request send = endpoint.newRequest();
    MemorySegment back = MemorySegment.ofArray(new byte[LARGEST]);
    for (int i = 0; i < count; i++) {
      MemorySegment out = MemorySegment.ofArray(new byte[SIZES[i % SIZES.length]]).fill((byte) i);
      endpoint.irecv(back, 2, -1L, receive);
      endpoint.isend(out, to, 1, send);
      ends(endpoint, receive, status);
      assertEquals(-1, out.mismatch(back.asSlice(0, status.transferLength())), "message " + i);
      ends(endpoint, send, status);
    }
  }

  private static void ends(Endpoint endpoint, Request request, Status status) {
    assertTrue(endpoint.await(request, LONG, status), "the request did not end");
    assertEquals(StatusCode.SUCCESS, status.code());
  }
}
