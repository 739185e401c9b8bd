package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking at what has ended or arrived without taking it. */
class PeekAndProbeTest extends TwoEndpoints {

  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void shouldPeekAtTheSameRequestUntilItIsTaken() {
    assertNull(alice.ipeek());
    Request first = send(alice, message(8), toBob, 1);
    Request second = send(alice, message(8), toBob, 2);

    assertSame(first, alice.ipeek());
    assertSame(first, alice.ipeek());
    assertTrue(alice.test(first, status));
    assertSame(second, alice.peek(LONG));
    assertTrue(alice.testAny(0, 0, status));
    assertEquals(2, status.matchInfo());
    assertNull(alice.ipeek());
  }

  @Test
  void shouldWaitForARequestToEnd() {
    MemorySegment target = room(50_000);
    Request receive = receive(bob, target, 1);
    alice.isend(message(50_000), toBob, 1, null);

    assertSame(receive, bob.peek(LONG));
    assertTrue(bob.test(receive, status));
    assertEquals(-1, message(50_000).mismatch(target));
  }

  @Test
  void shouldReturnNothingWhenTimeHasPassed() {
    long begun = world.now();

    assertNull(bob.peek(SHORT));
    assertFalse(bob.probe(0, 0, SHORT, status));
    assertEquals(600, (world.now() - begun) / 1_000_000);
    assertEquals(StatusCode.PENDING, status.code());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 100, 20_000, 100_000})
  void shouldShowAMessageWithoutTakingIt(int bytes) {
    alice.isend(message(bytes), toBob, 0x8000_0000_0000_0013L, null);

    assertTrue(bob.probe(0x13, 0xFF, LONG, status));
    assertShown(alice.address(), bytes, 0x8000_0000_0000_0013L);
    assertFalse(bob.iprobe(0x14, 0xFF, status));
    assertTrue(bob.iprobe(0x8000_0000_0000_0013L, -1L, status));
    MemorySegment target = room(bytes);
    Request receive = bob.newRequest();
    bob.irecv(target, 0, 0, receive);
    ends(bob, receive, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(-1, message(bytes).mismatch(target));
    assertFalse(bob.iprobe(0, 0, status));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 100_000})
  void shouldShowAMessageToItselfLikeAnyOther(int bytes) {
    alice.isend(message(bytes), alice.address(), 5, null);

    assertTrue(alice.probe(5, -1L, LONG, status));
    assertShown(alice.address(), bytes, 5);
  }

  private void assertShown(EndpointAddress from, long bytes, long info) {
    assertEquals(StatusCode.SUCCESS, status.code());
    assertEquals(from.nicId(), status.source().nicId());
    assertEquals(from.endpointId(), status.source().endpointId());
    assertEquals(info, status.matchInfo());
    assertEquals(bytes, status.messageLength());
    assertEquals(bytes, status.transferLength());
    assertNull(status.context());
  }

  @Test
  void shouldShowTheOldestMessageThatMatches() {
    alice.isend(message(1), toBob, 0x11, null);
    alice.isend(message(2), toBob, 0x21, null);
    alice.isend(message(3), toBob, 0x12, null);

    assertTrue(bob.probe(0x10, 0xF0, LONG, status));
    assertEquals(1, status.messageLength());
    world.settle();
    assertTrue(bob.iprobe(0x02, 0x0F, status));
    assertEquals(3, status.messageLength());
  }

  @Test
  void shouldRefuseAMaskThatLeavesBitsOut() {
    var refused = assertThrows(MxException.class, () -> bob.iprobe(0x13, 0xF, status));
    assertEquals(ReturnCode.BAD_MATCH_MASK, refused.code());
    refused = assertThrows(MxException.class, () -> bob.probe(0x13, 0xF, LONG, status));
    assertEquals(ReturnCode.BAD_MATCH_MASK, refused.code());
  }

  @Test
  void shouldShowWhatHasArrivedInPartAndReceiveTheWhole() {
    int[] count = {0};
    world.nic.fragmentBytes = 4_096;
    world.nic.plan = c -> c.kind == Kind.MEDIUM && count[0]++ > 0 ? Fate.DROP : Fate.DELIVER;
    alice.isend(message(20_000), toBob, 7, null);
    assertTrue(bob.probe(7, -1L, LONG, status));
    assertEquals(20_000, status.messageLength());
    MemorySegment target = room(20_000);
    Request receive = receive(bob, target, 7);
    world.nic.plan = _ -> Fate.DELIVER;

    ends(bob, receive, StatusCode.SUCCESS, 20_000, 20_000);
    assertEquals(-1, message(20_000).mismatch(target));
  }

  @Test
  void shouldEndWaitsOnAnInterrupt() {
    Thread.currentThread().interrupt();
    assertNull(bob.peek(Duration.ZERO));
    assertFalse(bob.probe(0, 0, Duration.ZERO, status));
    assertTrue(Thread.interrupted());
  }
}
