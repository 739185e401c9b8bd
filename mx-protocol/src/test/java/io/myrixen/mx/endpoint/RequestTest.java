package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Requests: misuse, cancelling, completion calls, waiting. */
class RequestTest extends TwoEndpoints {

  private static void refuses(ReturnCode code, String value, Executable call) {
    MxException refused = assertThrows(MxException.class, call);
    assertEquals(code, refused.code(), refused::toString);
    assertTrue(refused.toString().contains(value), refused::toString);
  }

  @Test
  void shouldRefuseAMaskThatLeavesBitsOut() {
    Request request = bob.newRequest();
    refuses(ReturnCode.BAD_MATCH_MASK, "0x13", () -> bob.irecv(room(1), 0x13, 0xF, request));
    assertFalse(request.pending());
    refuses(ReturnCode.BAD_MATCH_MASK, "0x13", () -> bob.testAny(0x13, 0xF, status));
  }

  @Test
  void shouldRefuseSegmentsThatCannotBeUsed() {
    Request request = alice.newRequest();
    List<MemorySegment> many = Collections.nCopies(257, room(1));
    refuses(ReturnCode.BAD_SEG_CNT, "257", () -> alice.isend(many, toBob, 1, request));
    MemorySegment readOnly = room(1).asReadOnly();
    refuses(ReturnCode.BAD_SEG_MEM, "segment 0", () -> bob.irecv(readOnly, 1, 1, bob.newRequest()));
    try (var arena = Arena.ofConfined()) {
      MemorySegment confined = arena.allocate(4);
      refuses(ReturnCode.BAD_SEG_MEM, "confined", () -> alice.isend(confined, toBob, 1, request));
    }
    assertFalse(request.pending());
    ends(alice, send(alice, room(0), toBob, 1), StatusCode.SUCCESS);
  }

  @Test
  void shouldRefuseRequestsInTheWrongState() {
    Request request = receive(bob, room(1), 1);
    refuses(ReturnCode.BAD_REQUEST, "RECEIVE", () -> bob.irecv(room(1), 1, 1, request));
    refuses(ReturnCode.BAD_REQUEST, "not been", () -> bob.test(bob.newRequest(), status));
    refuses(ReturnCode.BAD_REQUEST, "not been", () -> bob.cancel(bob.newRequest()));
    refuses(ReturnCode.BAD_REQUEST, "this endpoint", () -> alice.test(request, status));
    refuses(ReturnCode.BAD_REQUEST, "this endpoint", () -> alice.isend(room(1), toBob, 1, request));
  }

  @Test
  void shouldRefuseAddressesOfOtherEndpoints() {
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    refuses(
        ReturnCode.BAD_ENDPOINT,
        "020000000001/0",
        () -> alice.isend(room(1), toAlice, 1, alice.newRequest()));
  }

  @Test
  void shouldCancelOnlyWhatNothingHasMatched() {
    Request request = receive(bob, room(60_000), 1);
    assertTrue(bob.cancel(request));
    assertFalse(request.pending());
    bob.irecv(room(60_000), 1, -1L, request);
    Request send = send(alice, message(50_000), toBob, 1);
    world.nic.pulling = false;
    world.settle();
    assertFalse(bob.cancel(request));
    refuses(ReturnCode.CANCEL_NOT_SUPPORTED, "send", () -> alice.cancel(send));
    world.nic.pulling = true;

    ends(bob, request, StatusCode.SUCCESS);
    ends(alice, send, StatusCode.SUCCESS);
  }

  @Test
  void shouldTakeTheOldestOutcomeOfAnyKindThatMatches() {
    Request first = send(alice, message(8), toBob, 0x10);
    Request second = send(alice, message(8), toBob, 0x21);
    receive(alice, room(9), 0x21);
    alice.isend(message(9), alice.address(), 0x21, alice.newRequest());

    assertTrue(alice.testAny(0x20, 0xF0, status));
    assertEquals(0x21, status.matchInfo());
    assertFalse(second.pending());
    assertTrue(first.pending());
    assertTrue(alice.awaitAny(0, 0, LONG, status));
    assertEquals(0x10, status.matchInfo());
    assertTrue(alice.awaitAny(0x21, -1L, LONG, status));
    assertTrue(alice.awaitAny(0x21, -1L, LONG, status));
    assertFalse(alice.testAny(0, 0, status));
  }

  @Test
  void shouldReturnFromAWaitWhenTimeHasPassed() {
    Request request = receive(bob, room(1), 1);
    long begun = world.now();

    assertFalse(bob.await(request, Duration.ofMillis(300), status));
    assertEquals(300, (world.now() - begun) / 1_000_000);
    assertFalse(bob.awaitAny(0, 0, Duration.ofMillis(300), status));
    refuses(
        ReturnCode.BAD_PARAM_VAL,
        "-0.3",
        () -> bob.await(request, Duration.ofMillis(-300), status));
  }

  @Test
  void shouldEndAWaitOnInterruptAndKeepTheFlag() {
    Request request = receive(bob, room(1), 1);
    Thread.currentThread().interrupt();

    assertFalse(bob.await(request, status));
    assertTrue(Thread.interrupted());
    assertTrue(request.pending());
  }

  @Test
  void shouldMakeARequestUsableAgainOnceTaken() {
    Request receive = bob.newRequest();
    Request send = alice.newRequest();
    for (int i = 0; i < 50; i++) {
      MemorySegment target = room(40_000);
      bob.irecv(target, 1, -1L, receive);
      alice.isend(message(40_000, i), toBob, 1, send);
      ends(bob, receive, StatusCode.SUCCESS);
      ends(alice, send, StatusCode.SUCCESS);
      assertEquals(-1, message(40_000, i).mismatch(target));
    }
  }

  @Test
  void shouldRefuseCallsOnAClosedEndpoint() {
    Request done = send(alice, message(1), toBob, 1);
    Request pending = receive(alice, room(1), 1);
    alice.close();

    refuses(ReturnCode.BAD_ENDPOINT, "closed", () -> alice.isend(room(1), toBob, 1, done));
    refuses(
        ReturnCode.BAD_ENDPOINT,
        "closed",
        () -> alice.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG));
    refuses(ReturnCode.BAD_ENDPOINT, "closed", () -> alice.allocate(10));
    ends(alice, done, StatusCode.SUCCESS);
    ends(alice, pending, StatusCode.CANCELLED);
    assertFalse(alice.progress());
    assertTrue(alice.close(Duration.ZERO).clean());
  }

  @Test
  void shouldFreeOnlyWhatItAllocated() {
    MemorySegment memory = alice.allocate(100);
    alice.free(memory);
    refuses(ReturnCode.BAD_SEG_MEM, "not allocated", () -> alice.free(memory));
  }
}
