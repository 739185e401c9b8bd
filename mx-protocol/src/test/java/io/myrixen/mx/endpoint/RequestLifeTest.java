package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways of a request other than being waited for: forgotten, buffered, taken back. */
class RequestLifeTest extends TwoEndpoints {

  private static void refused(Runnable call, String why) {
    MxException refused = assertThrows(MxException.class, call::run);
    assertEquals(ReturnCode.BAD_REQUEST, refused.code());
    assertTrue(refused.toString().contains(why), refused::toString);
  }

  @Test
  void shouldDeliverToAReceiveThatWasForgotten() {
    MemorySegment target = room(50_000);
    Request receive = receive(bob, target, 1);
    bob.forget(receive);
    refused(() -> bob.test(receive, status), "forgotten");
    refused(() -> bob.forget(receive), "forgotten");
    refused(() -> bob.irecv(room(1), 1, -1L, receive), "FORGOTTEN");

    Request send = send(alice, message(50_000), toBob, 1);
    ends(alice, send, StatusCode.SUCCESS);
    world.settle();
    assertEquals(-1, message(50_000).mismatch(target));
    assertFalse(bob.testAny(0, 0, status));
    assertFalse(receive.pending());
    bob.irecv(target, 2, -1L, receive);
    assertTrue(bob.cancel(receive));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 50_000})
  void shouldReportNothingOfASendThatWasForgotten(int bytes) {
    Request send = send(alice, message(bytes), toBob, 1);
    alice.forget(send);
    MemorySegment target = room(bytes);
    ends(bob, receive(bob, target, 1), StatusCode.SUCCESS);
    world.settle();

    assertFalse(alice.testAny(0, 0, status));
    assertFalse(send.pending());
    assertEquals(-1, message(bytes).mismatch(target));
  }

  @Test
  void shouldForgetAConnect() {
    Request connect = alice.newRequest();
    alice.iconnect(World.FIRST_NIC + 1, 3, World.KEY, 9, connect);
    alice.forget(connect);
    world.settle();
    assertFalse(connect.pending());
    assertFalse(alice.testAny(0, 0, status));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 100, 20_000})
  void shouldCallAnEagerSendBuffered(int bytes) {
    Request send = send(alice, message(bytes), toBob, 1);
    assertTrue(alice.ibuffered(send));
    assertTrue(send.pending());
    ends(alice, send, StatusCode.SUCCESS);
  }

  @Test
  void shouldCallAnEagerSendBufferedThatIsCompleteOnlyOnceAcknowledged() {
    LibraryEndpoint carol = world.open(2, 0, withoutZombies());
    var toBob = carol.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);
    Request send = send(carol, message(8), toBob, 1);
    assertTrue(carol.ibuffered(send));
    assertFalse(carol.test(send, status));
    ends(carol, send, StatusCode.SUCCESS, 8, 8);
  }

  private static EndpointOptions withoutZombies() {
    return World.options().withZombieSends(0);
  }

  @Test
  void shouldCallALargeSendBufferedOnceItHasEnded() {
    Request send = send(alice, message(50_000), toBob, 1);
    Request synchronous = alice.newRequest();
    alice.issend(message(0), toBob, 2, synchronous);
    world.settle();
    assertFalse(alice.ibuffered(send));
    assertFalse(alice.ibuffered(synchronous));
    ends(bob, receive(bob, room(50_000), 1), StatusCode.SUCCESS);
    ends(bob, receive(bob, room(0), 2), StatusCode.SUCCESS, 0, 0);
    world.settle();

    assertTrue(alice.ibuffered(send));
    assertTrue(alice.ibuffered(synchronous));
    ends(alice, send, StatusCode.SUCCESS);
    ends(alice, synchronous, StatusCode.SUCCESS, 0, 0);
  }

  @Test
  void shouldKeepACopyOfAnEagerSendToItself() {
    MemorySegment source = message(20_000);
    Request send = send(alice, source, alice.address(), 1);
    assertTrue(alice.ibuffered(send));
    fill(source, 5);
    stillPending(alice, send);
    MemorySegment target = room(20_000);

    ends(alice, receive(alice, target, 1), StatusCode.SUCCESS, 20_000, 20_000);
    ends(alice, send, StatusCode.SUCCESS, 20_000, 20_000);
    assertEquals(-1, message(20_000).mismatch(target));
  }

  @Test
  void shouldNotCallALargeSendToItselfBuffered() {
    Request send = send(alice, message(50_000), alice.address(), 1);
    assertFalse(alice.ibuffered(send));
    ends(alice, receive(alice, room(50_000), 1), StatusCode.SUCCESS);
    assertTrue(alice.ibuffered(send));
  }

  @Test
  void shouldRefuseToCallAnythingElseBuffered() {
    refused(() -> bob.ibuffered(receive(bob, room(1), 1)), "RECEIVE");
    refused(() -> bob.ibuffered(bob.newRequest()), "not been started");
  }

  @Test
  void shouldLetACancelledRequestBeTested() {
    Request receive = receive(bob, room(1), 7);
    receive.context("mine");
    assertTrue(bob.cancelNotest(receive));
    assertFalse(bob.cancelNotest(receive));
    assertFalse(bob.cancel(receive));

    assertTrue(bob.testAny(7, -1L, status));
    assertEquals(StatusCode.CANCELLED, status.code());
    assertEquals("mine", status.context());
    assertFalse(receive.pending());
  }

  @Test
  void shouldLetACancelledWildcardReceiveBeTested() {
    Request receive = bob.newRequest();
    bob.irecv(room(1), 0x10, 0xF0, receive);
    assertTrue(bob.cancelNotest(receive));

    assertTrue(bob.testAny(0x10, 0xF0, status));
    assertEquals(StatusCode.CANCELLED, status.code());
    assertEquals(0x10, status.matchInfo());
  }

  @Test
  void shouldCancelAConnectAndNoSend() {
    world.nic.plan = _ -> FakeNic.Fate.DROP;
    Request connect = alice.newRequest();
    alice.iconnect(World.FIRST_NIC + 2, 3, World.KEY, 9, connect);
    assertTrue(alice.cancelNotest(connect));
    ends(alice, connect, StatusCode.CANCELLED);
    world.nic.plan = _ -> FakeNic.Fate.DELIVER;
    Request send = send(alice, message(8), toBob, 1);
    MxException refused = assertThrows(MxException.class, () -> alice.cancelNotest(send));
    assertEquals(ReturnCode.CANCEL_NOT_SUPPORTED, refused.code());
  }
}
