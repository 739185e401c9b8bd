package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
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
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connecting: who answers what, and what becomes of what was there before. */
class ConnectTest extends TwoEndpoints {

  private static final long BOB = World.FIRST_NIC + 1;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private void refuses(ReturnCode code, long nicId, int id, int key, Duration timeout) {
    MxException refused =
        assertThrows(MxException.class, () -> alice.connect(nicId, id, key, timeout));
    assertEquals(code, refused.code(), refused::getMessage);
  }

  @Test
  void shouldGiveTheSameAddressTwice() {
    assertSame(toBob, alice.connect(BOB, 3, World.KEY, SECOND));
    assertEquals(BOB, toBob.nicId());
    assertEquals(3, toBob.endpointId());
    assertEquals(world.side(bob).sessionId, toBob.session());
  }

  @Test
  void shouldNameWhatIsWrong() {
    refuses(ReturnCode.BAD_CONNECTION_KEY, BOB, 3, 1, SECOND);
    refuses(ReturnCode.CONNECTION_FAILED, BOB, 4, World.KEY, SECOND);
    refuses(ReturnCode.BAD_ENDPOINT_ID, BOB, World.MAX_ENDPOINTS, World.KEY, SECOND);
    refuses(ReturnCode.BAD_ENDPOINT_ID, BOB, 256, World.KEY, SECOND);
    refuses(ReturnCode.BAD_ENDPOINT_ID, BOB, -1, World.KEY, SECOND);
    refuses(ReturnCode.NIC_NOT_FOUND, 77, 3, World.KEY, SECOND);
    refuses(ReturnCode.NIC_NOT_FOUND, -1, 3, World.KEY, SECOND);
    refuses(ReturnCode.BAD_PARAM_VAL, BOB, 3, World.KEY, Duration.ofSeconds(-1));
  }

  @Test
  void shouldTimeOutWhileNobodyAnswers() {
    world.frozen.add(bob);
    LibraryEndpoint carol = world.open(2, 0);
    long begun = world.now();

    MxException refused =
        assertThrows(MxException.class, () -> carol.connect(BOB, 3, World.KEY, SECOND));
    assertEquals(ReturnCode.TIMEOUT, refused.code());
    assertTrue(Math.abs(world.now() - begun - SECOND_NS) < SECOND_NS / 20);
  }

  @Test
  void shouldNotDisturbASessionByAWrongKey() {
    Request send = send(alice, message(50_000), toBob, 1);
    world.settle();
    refuses(ReturnCode.BAD_CONNECTION_KEY, BOB, 3, 1, SECOND);
    Request receive = receive(bob, room(50_000), 1);

    ends(bob, receive, StatusCode.SUCCESS);
    ends(alice, send, StatusCode.SUCCESS);
  }

  @Test
  void shouldConnectToItselfWithNobodyElseThere() {
    world.frozen.add(bob);
    EndpointAddress self = alice.connect(World.FIRST_NIC, 0, World.KEY, SECOND);

    assertSame(alice.address(), self);
    refuses(ReturnCode.BAD_CONNECTION_KEY, World.FIRST_NIC, 0, 3, SECOND);
  }

  @Test
  void shouldConnectBothWaysAtOnce() {
    LibraryEndpoint carol = world.open(2, 0);
    Request one = bob.newRequest();
    Request other = carol.newRequest();
    bob.iconnect(World.FIRST_NIC + 2, 0, World.KEY, 11, one);
    carol.iconnect(BOB, 3, World.KEY, 12, other);
    ends(bob, one, StatusCode.SUCCESS);
    assertEquals(11, status.matchInfo());
    EndpointAddress toCarol = status.source();
    ends(carol, other, StatusCode.SUCCESS);
    EndpointAddress back = status.source();

    Request atCarol = receive(carol, room(9), 1);
    Request atBob = receive(bob, room(9), 1);
    bob.isend(message(9), toCarol, 1, null);
    carol.isend(message(9), back, 1, null);
    ends(carol, atCarol, StatusCode.SUCCESS);
    ends(bob, atBob, StatusCode.SUCCESS);
    assertSame(toCarol, status.source());
  }

  @Test
  void shouldConnectThroughALossyNet() {
    LibraryEndpoint carol = world.open(2, 0);
    int[] count = {0};
    world.nic.plan =
        command ->
            (command.kind == Kind.CONNECT_REQUEST || command.kind == Kind.CONNECT_REPLY)
                    && count[0]++ < 3
                ? (count[0] == 2 ? Fate.FULL : Fate.DROP)
                : Fate.DELIVER;
    EndpointAddress there = carol.connect(BOB, 3, World.KEY, LONG);
    world.nic.plan = _ -> Fate.DUPLICATE;
    assertSame(there, carol.connect(BOB, 3, World.KEY, LONG));
    world.nic.plan = _ -> Fate.DELIVER;

    Request receive = receive(bob, room(9), 1);
    carol.isend(message(9), there, 1, null);
    ends(bob, receive, StatusCode.SUCCESS);
  }

  @Test
  void shouldDeliverWhatOvertakesTheReply() {
    LibraryEndpoint carol = world.open(2, 0);
    EndpointAddress toCarol = bob.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    world.nic.plan = c -> c.kind == Kind.CONNECT_REPLY ? Fate.DELAY : Fate.DELIVER;
    Request connect = carol.newRequest();
    carol.iconnect(BOB, 3, World.KEY, 0, connect);
    Request receive = receive(carol, room(9), 1);
    bob.isend(message(9), toCarol, 1, null);

    ends(carol, receive, StatusCode.SUCCESS);
    ends(carol, connect, StatusCode.SUCCESS);
  }

  @Test
  void shouldWaitUntilThePeerOpens() {
    LibraryEndpoint carol = world.open(2, 0);
    long begun = world.now();
    MxException late =
        assertThrows(
            MxException.class,
            () -> carol.connectWhenOpen(World.FIRST_NIC + 3, 5, World.KEY, SECOND));
    assertEquals(ReturnCode.TIMEOUT, late.code());
    assertTrue(world.now() - begun >= SECOND_NS);
    LibraryEndpoint dave = world.open(3, 5);

    EndpointAddress toDave = carol.connectWhenOpen("vm3", 5, World.KEY, SECOND);
    assertEquals(dave.board().nicId(), toDave.nicId());
    assertSame(toDave, carol.connectWhenOpen("vm3:0", 5, World.KEY, SECOND));
  }

  @Test
  void shouldWaitForANameNoLongerThanAllowed() {
    long begun = world.now();
    MxException late =
        assertThrows(
            MxException.class, () -> alice.connectWhenOpen("nobody", 0, World.KEY, SECOND));

    assertEquals(ReturnCode.TIMEOUT, late.code());
    assertTrue(late.toString().contains("nobody:0"), late::toString);
    assertTrue(Math.abs(world.now() - begun - SECOND_NS) < SECOND_NS / 20);
  }

  @Test
  void shouldNotRetryWhatNeverPasses() {
    MxException refused =
        assertThrows(MxException.class, () -> alice.connectWhenOpen(BOB, 3, 1, SECOND));
    assertEquals(ReturnCode.BAD_CONNECTION_KEY, refused.code());
  }

  @Test
  void shouldTellTheOutcomeOfIconnectByStatus() {
    Request request = alice.newRequest();
    alice.iconnect(BOB, 3, 1, 5, request);
    ends(alice, request, StatusCode.BAD_KEY);
    assertEquals(5, status.matchInfo());
    assertThrows(IllegalStateException.class, status::source);
    alice.iconnect(BOB, 4, World.KEY, 5, request);
    ends(alice, request, StatusCode.ENDPOINT_CLOSED);
    alice.iconnect(BOB, 200, World.KEY, 5, request);
    ends(alice, request, StatusCode.BAD_ENDPOINT);
    alice.iconnect(77, 4, World.KEY, 5, request);
    ends(alice, request, StatusCode.ENDPOINT_UNREACHABLE);
    world.nic.plan = _ -> Fate.DROP;
    alice.iconnect(BOB, 3, World.KEY, 5, request);
    assertTrue(alice.await(request, Duration.ofSeconds(25), status));
    assertEquals(StatusCode.ENDPOINT_UNREACHABLE, status.code());
  }

  @Test
  void shouldTakeAConnectBack() {
    world.frozen.add(bob);
    Request request = alice.newRequest();
    alice.iconnect(BOB, 3, World.KEY, 5, request);

    assertTrue(alice.cancel(request));
    assertFalse(request.pending());
    world.frozen.clear();
    world.settle();
    assertFalse(alice.testAny(0, 0, status));
  }

  @Test
  void shouldFindAPeerThatWasOpenedAnew() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.settle();
    world.kill(bob);
    bob = world.open(1, 3);
    EndpointAddress again = alice.connect(BOB, 3, World.KEY, SECOND);

    assertNotSame(toBob, again);
    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE);
    Request receive = receive(bob, room(9), 1);
    alice.isend(message(9), again, 1, null);
    ends(bob, receive, StatusCode.SUCCESS, 9, 9);
    ends(alice, send(alice, message(9), toBob, 1), StatusCode.ENDPOINT_UNREACHABLE);
    ends(bob, send(bob, message(9), status(bob), 1), StatusCode.SUCCESS);
  }

  /** Alice, as {@code at} knows her from the last message it took. */
  private EndpointAddress status(LibraryEndpoint at) {
    return at.connect(World.FIRST_NIC, 0, World.KEY, SECOND);
  }

  @Test
  void shouldMeetAPeerThatCameBackAndConnectsFirst() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.settle();
    world.kill(bob);
    bob = world.open(1, 3);
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, SECOND);

    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE);
    Request receive = receive(alice, room(9), 1);
    bob.isend(message(9), toAlice, 1, null);
    ends(alice, receive, StatusCode.SUCCESS, 9, 9);
    Request answer = receive(bob, room(9), 2);
    alice.isend(message(9), status.source(), 2, null);
    ends(bob, answer, StatusCode.SUCCESS, 9, 9);
  }

  @Test
  void shouldBeginANewWhenOneSideGaveTheOtherUp() {
    world.nic.plan = _ -> Fate.DROP;
    Request first = send(alice, message(50_000), toBob, 1);
    world.run(22 * SECOND_NS);
    ends(alice, first, StatusCode.ENDPOINT_UNREACHABLE);
    world.nic.plan = _ -> Fate.DELIVER;
    EndpointAddress again = alice.connect(BOB, 3, World.KEY, SECOND);

    Request receive = receive(bob, room(9), 2);
    alice.isend(message(9), again, 2, null);
    ends(bob, receive, StatusCode.SUCCESS);
    EndpointAddress toAlice = status.source();
    Request answer = receive(alice, room(90_000), 3);
    bob.isend(message(90_000), toAlice, 3, null);
    ends(alice, answer, StatusCode.SUCCESS);
  }
}
