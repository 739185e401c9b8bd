package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Alice, connected to Bob, and what tests do with them all the time. */
abstract class TwoEndpoints {

  static final long SECOND_NS = 1_000_000_000L;
  static final Duration LONG = Duration.ofSeconds(15);

  final World world = new World();
  final Status status = new Status();
  LibraryEndpoint alice;
  LibraryEndpoint bob;
  EndpointAddress toBob;

  @BeforeEach
  void connectAliceToBob() {
    alice = world.open(0, 0);
    bob = world.open(1, 3);
    toBob = alice.connect(World.FIRST_NIC + 1, 3, World.KEY, Duration.ofSeconds(1));
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  static MemorySegment message(long bytes) {
    return message(bytes, bytes);
  }

  static MemorySegment message(long bytes, long seed) {
    var segment = room(bytes);
    fill(segment, seed);
    return segment;
  }

  static void fill(MemorySegment segment, long seed) {
    var random = new SplittableRandom(seed);
    for (long i = 0; i < segment.byteSize(); i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
  }

  static MemorySegment room(long bytes) {
    return MemorySegment.ofArray(new byte[(int) bytes]);
  }

  Request send(LibraryEndpoint from, MemorySegment segment, EndpointAddress to, long match) {
    Request request = from.newRequest();
    from.isend(segment, to, match, request);
    return request;
  }

  Request receive(LibraryEndpoint at, MemorySegment segment, long match) {
    Request request = at.newRequest();
    at.irecv(segment, match, -1L, request);
    return request;
  }

  /** Waits for {@code request} and leaves its outcome in {@link #status}. */
  void outcome(LibraryEndpoint at, Request request) {
    assertTrue(at.await(request, LONG, status), "the request did not end");
  }

  void ends(LibraryEndpoint at, Request request, StatusCode code) {
    outcome(at, request);
    assertEquals(code, status.code(), status::toString);
  }

  void ends(LibraryEndpoint at, Request request, StatusCode code, long message, long transfer) {
    ends(at, request, code);
    assertEquals(message, status.messageLength());
    assertEquals(transfer, status.transferLength());
  }

  void stillPending(LibraryEndpoint at, Request request) {
    world.settle();
    assertFalse(at.test(request, status), () -> "ended: " + status);
  }
}
