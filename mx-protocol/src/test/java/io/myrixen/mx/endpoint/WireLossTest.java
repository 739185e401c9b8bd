package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is lost, repeated or overtaken between two NICs, and how soon it is made good. */
class WireLossTest extends AcrossWire {

  @Test
  void shouldMeasureTheWayFromTheConnectOn() {
    assertEquals(2 * wire.latencyNs, flow(toBob).roundTrip.leastNs());
    assertEquals(RoundTrip.FLOOR_NS, flow(toBob).roundTrip.timeoutNs());
  }

  @Test
  void shouldSendAgainAtOnceWhatOthersOvertook() {
    long begun = world.now();
    plan(Kind.TINY, 2, Fate.DROP);
    exchange(6, 16);

    assertTrue(world.now() - begun < 5 * MILLISECOND_NS, "took " + (world.now() - begun));
    assertEquals(1, alice.counters().resends());
    assertEquals(1, reasons(alice).resendsFast());
    assertTrue(reasons(bob).gapsTold() >= 1);
    world.run(SECOND_NS / 4);
    assertEquals(1, reasons(alice).wraps());
  }

  @Test
  void shouldSendAgainOnlyWhatIsMissing() {
    int[] count = {0};
    world.nic.plan =
        c -> c.kind == Kind.TINY && (++count[0] == 3 || count[0] == 7) ? Fate.DROP : Fate.DELIVER;
    exchange(20, 16);

    assertEquals(2, alice.counters().resends());
    assertEquals(1, reasons(alice).resendsFast());
    assertEquals(1, reasons(alice).resendsGap());
    assertEquals(0, bob.counters().duplicates());
  }

  @Test
  void shouldNoticeTheLossOfTheLastAfterAShortSilence() {
    exchange(3, 16);
    world.run(SECOND_NS);
    plan(Kind.TINY, 4, Fate.DROP);
    long begun = world.now();
    exchange(4, 16);

    long took = world.now() - begun;
    assertTrue(took >= Acks.DELAY_NS && took < 2 * RoundTrip.FLOOR_NS, "took " + took);
    assertEquals(1, reasons(alice).resendsTimeout());
  }

  @Test
  void shouldSendAgainAFragmentedMessageWhoseMiddleWasLost() {
    plan(Kind.MEDIUM, 3, Fate.DROP);
    long begun = world.now();
    exchange(4, 20_000);

    assertTrue(world.now() - begun < 5 * MILLISECOND_NS, "took " + (world.now() - begun));
    assertEquals(1, reasons(alice).resendsFast());
  }

  @Test
  void shouldRecoverWhenTheResendIsLostToo() {
    int[] count = {0};
    world.nic.plan =
        c -> c.kind == Kind.TINY && (++count[0] == 3 || count[0] == 21) ? Fate.DROP : Fate.DELIVER;
    exchange(20, 16);

    assertEquals(1, reasons(alice).resendsFast());
    assertTrue(reasons(alice).resendsTimeout() >= 1);
  }

  @Test
  void shouldMakeAnOutageGood() {
    List<MemorySegment> targets = new ArrayList<>();
    List<Request> receives = postAll(targets, 150, 100);
    world.nic.plan = _ -> Fate.DROP;
    sendAll(0, 150, 100);
    world.run(300 * MILLISECOND_NS);
    world.nic.plan = _ -> Fate.DELIVER;
    long begun = world.now();
    for (int i = 0; i < 150; i++) {
      ends(bob, receives.get(i), StatusCode.SUCCESS);
      assertEquals(-1, message(100, i).mismatch(targets.get(i)), "message " + i);
    }
    assertTrue(world.now() - begun < SECOND_NS, "took " + (world.now() - begun));
    assertTrue(alice.counters().resends() < 2 * 150, "sent again " + alice.counters().resends());
    assertTrue(flow(toBob).window.windowBytes() < CongestionWindow.FIRST_BYTES);
  }

  @Test
  void shouldAnnounceAndNotifyAgain() {
    plan(Kind.RNDV, 1, Fate.DROP);
    exchange(1, 50_000);
    world.run(MILLISECOND_NS);
    plan(Kind.NOTIFY, 1, Fate.DROP);
    Request receive = receive(bob, room(50_000), 7);
    Request send = send(alice, message(50_000), toBob, 7);
    ends(bob, receive, StatusCode.SUCCESS);
    ends(alice, send, StatusCode.SUCCESS);
    assertEquals(1, reasons(bob).resendsTimeout());
  }

  @Test
  void shouldAcknowledgeTheLastDuplicateAtOnce() {
    exchange(1, 16);
    plan(Kind.ACK, 1, Fate.DROP);
    world.run(SECOND_NS);

    assertEquals(1, bob.counters().duplicates());
    assertEquals(1, reasons(alice).resendsTimeout());
    assertEquals(0, ((Partner) toBob).inFlightCount());
  }

  @Test
  void shouldOweAnAcknowledgementNoLongerThanMxAllows() {
    exchange(2, 16);
    long acks = bob.counters().acksSent();
    world.run(Acks.DELAY_NS + MILLISECOND_NS);

    assertEquals(acks + 1, bob.counters().acksSent());
    assertEquals(0, ((Partner) toBob).inFlightCount());
    assertEquals(0, alice.counters().resends());
  }

  @Test
  void shouldAcknowledgeEachFourthMessage() {
    exchange(40, 16);
    world.run(MILLISECOND_NS);

    assertTrue(((Partner) toBob).inFlightCount() < 4);
    assertTrue(bob.counters().acksSent() <= 11, "acks " + bob.counters().acksSent());
  }

  /** A flood behind a gap must not become a flood of acknowledgements. */
  @Test
  void shouldBoundWhatItTellsOfAGap() {
    plan(Kind.TINY, 1, Fate.DROP);
    sendAll(0, 200, 16);
    world.run(MILLISECOND_NS / 2);

    assertTrue(reasons(bob).gapsTold() <= 4, "told " + reasons(bob).gapsTold());
    assertEquals(1, alice.counters().resends());
  }

  /**
   * Goal: nothing is lost, repeated or overtaken whatever the wire does. Method: seeded exchanges
   * of all classes both ways, each frame of a random fate.
   */
  @RepeatedTest(8)
  void shouldDeliverEverythingInOrderThroughABadWire() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    Fate[] fates = {Fate.DROP, Fate.DROP, Fate.DUPLICATE, Fate.DELAY};
    int[] units = {1_452, 4_096, 8_192};
    world.nic.fragmentBytes = units[random.nextInt(units.length)];
    int rarity = 4 + random.nextInt(60);
    world.nic.plan =
        _ -> random.nextInt(rarity) == 0 ? fates[random.nextInt(fates.length)] : Fate.DELIVER;
    int count = 40;
    int[] sizes = {0, 9, 32, 60, 128, 200, 4_096, 12_345, 32_768, 40_000, 150_000};
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = sizes[random.nextInt(sizes.length)];
      requests.add(send(alice, message(size, i), toBob, 7));
      requests.add(send(bob, message(size, i + 1_000), toAlice, 7));
    }
    for (int i = 0; i < count; i++) {
      arrives(bob, i, "step " + i + " seed=" + seed);
      arrives(alice, i + 1_000, "step " + i + " seed=" + seed);
    }
    for (int i = 0; i < requests.size(); i++) {
      LibraryEndpoint owner = i % 2 == 0 ? alice : bob;
      assertTrue(owner.await(requests.get(i), Duration.ofMinutes(2), status), "seed=" + seed);
      assertEquals(StatusCode.SUCCESS, status.code(), "seed=" + seed);
    }
  }

  private void arrives(LibraryEndpoint at, int number, String where) {
    MemorySegment target = room(150_000);
    Request receive = receive(at, target, 7);
    assertTrue(at.await(receive, Duration.ofMinutes(2), status), where);
    long size = status.messageLength();
    assertEquals(-1, message(size, number).mismatch(target.asSlice(0, size)), where);
  }
}
