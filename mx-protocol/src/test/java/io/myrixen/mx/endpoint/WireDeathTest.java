package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Peers on another NIC that are silent, go away, come back, or are not who they seem. */
class WireDeathTest extends AcrossWire {

  private static final long ALICE = World.FIRST_NIC;
  private static final long BOB = World.FIRST_NIC + 1;

  /** Many are opened: small windows, and no looks in vain. */
  private static final EndpointOptions QUICK =
      World.options().withGeometry(WindowGeometry.SMALLEST).withWait(1, Duration.ZERO);

  private void forgeNack(int type, int sequence) {
    Descriptor nack = new Descriptor();
    nack.kind = Kind.NACK;
    nack.nicId = BOB;
    nack.endpoint = 3;
    nack.sequence = sequence;
    nack.nack(type, 0);
    world.side(alice).write(nack, new byte[0]);
    world.settle();
  }

  private void outliveOldFrames() {
    world.run(10 * MILLISECOND_NS);
  }

  @Test
  void shouldGiveUpWhoseNicIsSilentAsWell() {
    world.nic.plan = _ -> Fate.DROP;
    Request large = send(alice, message(50_000), toBob, 1);
    world.run(19 * SECOND_NS);
    stillPending(alice, large);
    world.run(3 * SECOND_NS);

    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE, 50_000, 0);
    assertEquals(1, reasons(alice).giveUps());
    assertTrue(reasons(alice).hostQueries() >= 4);
  }

  @Test
  void shouldWaitForAReceiverThatComputesForMinutes() {
    world.frozen.add(bob);
    Request large = send(alice, message(50_000), toBob, 1);
    for (int i = 0; i < 100; i++) {
      alice.isend(message(100, i), toBob, 2, null);
    }
    world.run(200 * SECOND_NS);
    stillPending(alice, large);
    world.frozen.clear();

    ends(bob, receive(bob, room(50_000), 1), StatusCode.SUCCESS);
    ends(alice, large, StatusCode.SUCCESS);
    for (int i = 0; i < 100; i++) {
      ends(bob, receive(bob, room(100), 2), StatusCode.SUCCESS, 100, 100);
    }
    assertEquals(0, reasons(alice).giveUps());
    assertTrue(reasons(alice).hostReplies() > 4);
  }

  @Test
  void shouldGiveUpWhoeverOwesANotifyAndIsSilentWithItsNic() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.run(SECOND_NS);
    world.nic.plan = _ -> Fate.DROP;
    world.run(19 * SECOND_NS);
    stillPending(alice, large);
    world.run(3 * SECOND_NS);

    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE);
  }

  @Test
  void shouldHearFromThoseThatHaveGivenItUp() {
    Request unheard = send(bob, message(50_000), bob.connect(ALICE, 0, World.KEY, LONG), 1);
    world.frozen.add(alice);
    world.run(SECOND_NS);
    world.nic.plan = _ -> Fate.DROP;
    world.run(25 * SECOND_NS);
    ends(bob, unheard, StatusCode.ENDPOINT_UNREACHABLE);
    world.frozen.clear();
    world.nic.plan = _ -> Fate.DELIVER;
    Request large = send(alice, message(50_000), toBob, 1);

    ends(alice, large, StatusCode.BAD_SESSION);
  }

  @Test
  void shouldGoOnAfterItsOwnLibraryWasAwayForMinutes() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.nic.plan = _ -> Fate.DROP;
    world.run(SECOND_NS);
    world.frozen.add(alice);
    world.run(100 * SECOND_NS);
    world.frozen.clear();
    world.nic.plan = _ -> Fate.DELIVER;
    Request receive = receive(bob, room(50_000), 1);

    ends(bob, receive, StatusCode.SUCCESS);
    ends(alice, large, StatusCode.SUCCESS);
  }

  @Test
  void shouldEndWhatTheNicOfAClosedEndpointRefuses() {
    outliveOldFrames();
    world.kill(bob);
    ends(alice, send(alice, message(50_000), toBob, 1), StatusCode.ENDPOINT_CLOSED);
    MxException refused =
        assertThrows(MxException.class, () -> alice.connect(BOB, 3, World.KEY, LONG));
    assertEquals(ReturnCode.CONNECTION_FAILED, refused.code());
    refused = assertThrows(MxException.class, () -> alice.connect(BOB, 99, World.KEY, LONG));
    assertEquals(ReturnCode.BAD_ENDPOINT_ID, refused.code());
    bob = world.open(1, 3);
    EndpointAddress again = alice.connect(BOB, 3, World.KEY, LONG);
    outliveOldFrames();
    world.kill(bob);
    bob = world.open(1, 3);
    ends(alice, send(alice, message(50_000), again, 1), StatusCode.BAD_SESSION);

    assertEquals(2, reasons(alice).nacksEndpointClosed());
    assertEquals(1, reasons(alice).nacksBadEndpoint());
    assertEquals(1, reasons(alice).nacksBadSession());
    assertEquals(0, reasons(alice).nacksUnmatched());
  }

  @Test
  void shouldDropForgedNacksThatNameNothingInFlight() {
    outliveOldFrames();
    Request large = send(alice, message(50_000), toBob, 1);
    world.run(SECOND_NS);
    alice.isend(message(8), toBob, 2, null);
    int inFlight = ((Partner) toBob).firstUnacked;
    for (int type = 0; type < 256; type++) {
      forgeNack(type, Sequence.next(inFlight));
      forgeNack(type, Sequence.of(1, inFlight));
    }
    forgeNack(NackType.BAD_RDMA_WINDOW, inFlight);
    forgeNack(NackType.NIC_UNREACHABLE, inFlight);
    stillPending(alice, large);

    assertEquals(6, reasons(alice).nacksUnmatched());
    assertEquals(2 * 253 + 2, reasons(alice).nacksUnknown());
  }

  @Test
  void shouldNotBelieveANackThatMayBeOfTheOpeningBefore() {
    world.kill(bob);
    bob = world.open(1, 3);
    EndpointAddress again = alice.connect(BOB, 3, World.KEY, LONG);
    Request receive = receive(bob, room(8), 1);
    alice.isend(message(8), again, 1, null);
    forgeNack(NackType.ENDPOINT_CLOSED, ((Partner) again).firstUnacked);

    ends(bob, receive, StatusCode.SUCCESS);
    assertEquals(1, reasons(alice).nacksUnmatched());
    assertEquals(1, reasons(alice).peerRestarts());
  }

  /** Has Bob meet an opening that is killed then, and returns what it had asked him with. */
  private FakeWire.Frame requestOfAnOpeningThatIsGone() {
    LibraryEndpoint former = world.open(2, 0);
    Request connect = former.newRequest();
    former.iconnect(BOB, 3, World.KEY, 0, connect);
    world.nic.step();
    FakeWire.Frame request = wire.underWay().getFirst();
    ends(former, connect, StatusCode.SUCCESS);
    world.kill(former);
    return request;
  }

  @Test
  void shouldNotMeetAnOpeningAgainThatAnotherHasReplaced() {
    FakeWire.Frame old = requestOfAnOpeningThatIsGone();
    LibraryEndpoint carol = world.open(2, 0);
    EndpointAddress toCarol = bob.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    Request send = send(bob, message(50_000), toCarol, 1);
    wire.late(old, 2 * MILLISECOND_NS);
    world.run(SECOND_NS);

    // The new opening's first reply, soon after the old one was met, and the old one's request.
    assertEquals(2, reasons(bob).staleConnects());
    ends(carol, receive(carol, room(50_000), 1), StatusCode.SUCCESS);
    ends(bob, send, StatusCode.SUCCESS);
  }

  @Test
  void shouldReckonAnOldRequestsAgeFromItsArrivalAndNotFromItsReading() {
    FakeWire.Frame old = requestOfAnOpeningThatIsGone();
    LibraryEndpoint carol = world.open(2, 0);
    EndpointAddress toCarol = bob.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    bob.disableProgression();
    wire.late(old, 2 * MILLISECOND_NS);
    world.run(20 * MILLISECOND_NS);
    bob.reenableProgression();
    world.run(MILLISECOND_NS);

    assertEquals(1, reasons(bob).peerRestarts());
    Request send = send(bob, message(50_000), toCarol, 1);
    ends(carol, receive(carol, room(50_000), 1), StatusCode.SUCCESS);
    ends(bob, send, StatusCode.SUCCESS);
  }

  @Test
  void shouldAnnounceANewEraInConnectsThatOutliveTheirPartner() {
    outliveOldFrames();
    world.nic.plan = c -> c.kind == Kind.CONNECT_REPLY ? Fate.DROP : Fate.DELIVER;
    Request connect = alice.newRequest();
    alice.iconnect(BOB, 3, World.KEY, 0, connect);
    for (int i = 0; i < 4; i++) {
      alice.isend(message(8, i), toBob, 1, null);
    }
    forgeNack(NackType.ENDPOINT_CLOSED, ((Partner) toBob).firstUnacked);
    world.run(SECOND_NS);
    world.nic.plan = _ -> Fate.DELIVER;
    ends(alice, connect, StatusCode.SUCCESS);
    EndpointAddress again = status.source();

    assertNotSame(toBob, again);
    assertEquals(1, reasons(bob).peerReconnects());
    Request receive = receive(bob, room(9), 2);
    alice.isend(message(9), again, 2, null);
    ends(bob, receive, StatusCode.SUCCESS, 9, 9);
  }

  @Test
  void shouldForgetWhatCameEarlyFromWhoeverIsGone() {
    EndpointAddress toAlice = bob.connect(ALICE, 0, World.KEY, LONG);
    outliveOldFrames();
    world.nic.plan = c -> c.kind == Kind.TINY ? Fate.DROP : Fate.DELIVER;
    bob.isend(message(8), toAlice, 1, null);
    bob.isend(message(100), toAlice, 2, null);
    world.run(MILLISECOND_NS);
    assertNotNull(((Partner) toBob).early);
    world.kill(bob);
    world.nic.plan = _ -> Fate.DELIVER;
    world.run(5 * SECOND_NS);

    assertEquals(StatusCode.ENDPOINT_CLOSED, ((Partner) toBob).death);
    assertNull(((Partner) toBob).early);
  }

  @Test
  void shouldNotLetANewOpeningUseTheNumbersOfTheOneBefore() {
    EndpointAddress toAlice = bob.connect(ALICE, 0, World.KEY, LONG);
    world.nic.plan =
        c -> c.kind == Kind.CONNECT_REQUEST && c.nicId == BOB ? Fate.DROP : Fate.DELIVER;
    Request unheard = alice.newRequest();
    alice.iconnect(BOB, 3, World.KEY, 0, unheard);
    Request receive = receive(alice, room(8), 1);
    bob.isend(message(8), toAlice, 1, null);
    ends(alice, receive, StatusCode.SUCCESS);
    outliveOldFrames();
    world.kill(bob);
    bob = world.open(1, 3);
    world.nic.plan = c -> c.kind == Kind.CONNECT_REPLY ? Fate.DROP : Fate.DELIVER;
    world.run(2 * SECOND_NS);
    assertTrue(alice.cancel(unheard));
    world.nic.plan = _ -> Fate.DELIVER;

    talk(alice, alice.connect(BOB, 3, World.KEY, LONG), bob, "to bob");
    talk(bob, bob.connect(ALICE, 0, World.KEY, LONG), alice, "to alice");
  }

  /**
   * Goal: whatever is lost, repeated or late, two endpoints that connect to each other at the same
   * time, one of which was opened anew while its old frames were under way, end up able to talk.
   * Method: seeded fates for each frame, none of which outlives its lifetime.
   */
  @RepeatedTest(64)
  void shouldSurviveConnectRaces() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    Fate[] fates = {Fate.DROP, Fate.DUPLICATE, Fate.DELAY};
    world.nic.plan = _ -> random.nextInt(3) == 0 ? fates[random.nextInt(3)] : Fate.DELIVER;
    wire.delayNs = 1 + random.nextLong(3_000_000);
    for (int round = 0; round < 5; round++) {
      String where = "round " + round + " seed=" + seed;
      if (random.nextBoolean()) {
        world.kill(bob);
        bob = world.open(1, 3, QUICK);
      }
      world.run(random.nextLong(2_000_000));
      Request one = alice.newRequest();
      Request other = bob.newRequest();
      alice.iconnect(BOB, 3, World.KEY, 0, one);
      bob.iconnect(ALICE, 0, World.KEY, 0, other);
      EndpointAddress there = connected(alice, one, where);
      EndpointAddress back = connected(bob, other, where);
      talk(alice, there, bob, where);
      talk(bob, back, alice, where);
    }
  }

  private EndpointAddress connected(LibraryEndpoint at, Request connect, String where) {
    assertTrue(at.await(connect, LONG, status), where);
    assertEquals(StatusCode.SUCCESS, status.code(), where);
    return status.source();
  }

  private void talk(
      LibraryEndpoint from, EndpointAddress address, LibraryEndpoint to, String where) {
    List<Request> receives = new ArrayList<>();
    List<MemorySegment> targets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      targets.add(room(100));
      receives.add(receive(to, targets.get(i), 5));
      from.isend(message(100, where.hashCode() + i), address, 5, null);
    }
    for (int i = 0; i < 10; i++) {
      assertTrue(to.await(receives.get(i), Duration.ofMinutes(1), status), where);
      assertEquals(StatusCode.SUCCESS, status.code(), where);
      assertEquals(-1, message(100, where.hashCode() + i).mismatch(targets.get(i)), where);
    }
  }

  @Test
  void shouldNotTakeTheRefusalOfAnOldMessageForThatOfAConnect() {
    world.nic.plan = c -> c.kind == Kind.CONNECT_REPLY ? Fate.DROP : Fate.DELIVER;
    Request connect = alice.newRequest();
    alice.iconnect(BOB, 3, World.KEY, 0, connect);
    forgeNack(NackType.BAD_SESSION, 77);
    forgeNack(NackType.ENDPOINT_CLOSED, 77);
    stillPending(alice, connect);
    world.nic.plan = _ -> Fate.DELIVER;

    ends(alice, connect, StatusCode.SUCCESS);
    assertEquals(2, reasons(alice).nacksUnmatched());
  }
}
