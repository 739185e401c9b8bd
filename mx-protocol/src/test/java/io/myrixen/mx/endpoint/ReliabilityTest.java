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

/** Loss, repetition, disorder and lack of room; numbers begin just below the wrap. */
class ReliabilityTest extends TwoEndpoints {

  private int countdown;

  /** The given fate for the {@code nth} command of {@code kind} from now on, once. */
  private void plan(int kind, int nth, Fate fate) {
    countdown = nth;
    world.nic.plan = command -> command.kind == kind && --countdown == 0 ? fate : Fate.DELIVER;
  }

  private void exchange(int count, int bytes) {
    List<Request> receives = new ArrayList<>();
    List<MemorySegment> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      targets.add(room(bytes));
      receives.add(receive(bob, targets.get(i), 7));
    }
    for (int i = 0; i < count; i++) {
      alice.isend(message(bytes, i), toBob, 7, null);
    }
    for (int i = 0; i < count; i++) {
      ends(bob, receives.get(i), StatusCode.SUCCESS, bytes, bytes);
      assertEquals(-1, message(bytes, i).mismatch(targets.get(i)), "message " + i);
    }
  }

  @Test
  void shouldSendAgainWhatWasLost() {
    plan(Kind.TINY, 2, Fate.DROP);
    long begun = world.now();
    exchange(5, 16);

    assertTrue(world.now() - begun >= SECOND_NS / 2, "came before the time-out");
    assertEquals(3, bob.counters().early());
    assertEquals(1, alice.counters().resends());
  }

  @Test
  void shouldSendAMediumAgainWhoseFragmentWasLost() {
    world.nic.fragmentBytes = 4_096;
    plan(Kind.MEDIUM, 3, Fate.DROP);
    exchange(3, 20_000);

    assertTrue(alice.counters().resends() >= 1);
  }

  @Test
  void shouldAnnounceAgainWhatWasLost() {
    plan(Kind.RNDV, 1, Fate.DROP);
    exchange(2, 50_000);
    world.settle();
    plan(Kind.NOTIFY, 1, Fate.DROP);
    Request receive = receive(bob, room(50_000), 1);
    Request send = send(alice, message(50_000), toBob, 1);

    ends(bob, receive, StatusCode.SUCCESS);
    ends(alice, send, StatusCode.SUCCESS);
    assertEquals(1, bob.counters().resends());
  }

  @Test
  void shouldDropDuplicates() {
    world.nic.plan = _ -> Fate.DUPLICATE;
    exchange(10, 16);
    exchange(3, 20_000);
    world.nic.fragmentBytes = 8_192;
    exchange(3, 20_000);
    exchange(2, 50_000);
    world.nic.plan = _ -> Fate.DELIVER;
    Request receive = receive(bob, room(1), 7);
    stillPending(bob, receive);
  }

  @Test
  void shouldKeepEarlyMessagesOfEveryClass() {
    plan(Kind.SMALL, 1, Fate.DELAY);
    List<Request> receives = new ArrayList<>();
    int[] sizes = {100, 10, 20_000, 50_000, 101};
    for (int size : sizes) {
      receives.add(receive(bob, room(60_000), 7));
      alice.isend(message(size), toBob, 7, null);
    }
    for (int i = 0; i < sizes.length; i++) {
      ends(bob, receives.get(i), StatusCode.SUCCESS, sizes[i], sizes[i]);
    }
    assertEquals(4, bob.counters().early());
  }

  @Test
  void shouldActOnAnEarlyNotifyAtOnce() {
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    Request send = send(alice, message(50_000), toBob, 1);
    world.settle();
    plan(Kind.TINY, 1, Fate.DROP);
    bob.isend(room(1), toAlice, 9, null); // Lost: the NOTIFY comes before it.
    Request receive = receive(bob, room(50_000), 1);
    long begun = world.now();

    ends(bob, receive, StatusCode.SUCCESS);
    ends(alice, send, StatusCode.SUCCESS);
    assertTrue(world.now() - begun < SECOND_NS / 4, "waited for its turn");
  }

  @Test
  void shouldAcknowledgeAgainWhenTheLastAcknowledgementWasLost() {
    plan(Kind.ACK, 1, Fate.DROP);
    exchange(1, 16);
    world.run(SECOND_NS);

    assertEquals(1, bob.counters().duplicates());
    assertEquals(0, alice.close(Duration.ZERO).unacknowledgedMessages());
  }

  @Test
  void shouldAcknowledgeAloneAfterTheDelay() {
    exchange(1, 16);
    assertEquals(0, bob.counters().acksSent());
    world.run(Acks.DELAY_NS + 1_000_000);

    assertEquals(1, bob.counters().acksSent());
    assertEquals(0, alice.counters().resends());
  }

  @Test
  void shouldNotStallAStream() {
    long begun = world.now();
    exchange(2_000, 30);

    assertTrue(world.now() - begun < SECOND_NS / 2, "took " + (world.now() - begun));
    assertEquals(0, alice.counters().resends());
    long acks = bob.counters().acksSent();
    assertTrue(acks >= 2_000 / Partner.WINDOW && acks <= 2_000 / 16 + 1, "acks " + acks);
  }

  @Test
  void shouldSendAgainInOrderWhenAFullReceiverHasRoom() {
    world.frozen.add(bob);
    List<Request> sends = new ArrayList<>();
    int count = 40; // Of 32 KiB: five times the receive buffer.
    for (int i = 0; i < count; i++) {
      sends.add(send(alice, message(32_768, i), toBob, 7));
    }
    world.settle();
    assertTrue(alice.counters().receiverFull() == 0, "slots end before the buffer does");
    world.frozen.clear();
    for (int i = 0; i < count; i++) {
      MemorySegment target = room(32_768);
      ends(bob, receive(bob, target, 7), StatusCode.SUCCESS, 32_768, 32_768);
      assertEquals(-1, message(32_768, i).mismatch(target), "message " + i);
      ends(alice, sends.get(i), StatusCode.SUCCESS);
    }
  }

  @Test
  void shouldWaitForCreditAndNotForTime() {
    LibraryEndpoint carol = world.open(2, 0);
    EndpointAddress fromCarol = carol.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);
    world.frozen.add(bob);
    for (int i = 0; i < 8; i++) {
      alice.isend(message(32_768, i), toBob, 7, null);
      carol.isend(message(32_768, i), fromCarol, 8, null);
    }
    world.settle();
    assertTrue(alice.counters().receiverFull() + carol.counters().receiverFull() > 0);
    long begun = world.now();
    world.frozen.clear();
    for (int i = 0; i < 8; i++) {
      MemorySegment target = room(32_768);
      ends(bob, receive(bob, target, 7), StatusCode.SUCCESS);
      assertEquals(-1, message(32_768, i).mismatch(target), "message " + i);
      ends(bob, receive(bob, target, 8), StatusCode.SUCCESS);
      assertEquals(-1, message(32_768, i).mismatch(target), "message " + i);
    }
    assertTrue(world.now() - begun < SECOND_NS / 4, "waited for a time-out");
  }

  @Test
  void shouldDropWhatUnexpectedMemoryCannotHoldAndHaveItSentAgain() {
    LibraryEndpoint carol = world.open(2, 0, World.options().withUnexpectedBytes(4 * 32_768));
    EndpointAddress toCarol = alice.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    for (int i = 0; i < 8; i++) {
      alice.isend(message(32_768, i), toCarol, 7, null);
    }
    world.run(2 * SECOND_NS);
    assertTrue(carol.counters().unexpectedDropped() > 0);
    for (int i = 0; i < 8; i++) {
      MemorySegment target = room(32_768);
      ends(carol, receive(carol, target, 7), StatusCode.SUCCESS);
      assertEquals(-1, message(32_768, i).mismatch(target), "message " + i);
    }
  }

  @Test
  void shouldCallNoMoreSendsCompleteThanTheZombieLimit() {
    world.frozen.add(bob);
    List<Request> sends = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      sends.add(send(alice, message(8, i), toBob, 7));
    }
    world.settle();
    int complete = 0;
    while (complete < 600 && alice.test(sends.get(complete), status)) {
      complete++;
    }
    assertEquals(512, complete);

    world.frozen.clear();
    for (Request send : sends.subList(complete, 600)) {
      ends(alice, send, StatusCode.SUCCESS, 8, 8);
    }
  }

  @Test
  void shouldGiveAPartnerUpWhenItsNicIsSilentAsWell() {
    world.nic.plan = _ -> Fate.DROP;
    Request large = send(alice, message(50_000), toBob, 1);
    Request eager = send(alice, message(8), toBob, 1);
    ends(alice, eager, StatusCode.SUCCESS);
    world.run(19 * SECOND_NS);
    stillPending(alice, large);
    world.run(2 * SECOND_NS);

    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE, 50_000, 0);
    ends(alice, send(alice, message(8), toBob, 1), StatusCode.ENDPOINT_UNREACHABLE, 8, 0);
    assertEquals(1, alice.counters().reliability().giveUps());
  }

  @Test
  void shouldNotGiveUpAReceiverThatComputesForMinutes() {
    world.frozen.add(bob);
    Request large = send(alice, message(50_000), toBob, 1);
    Request eager = send(alice, message(8), toBob, 2);
    world.run(300 * SECOND_NS);
    stillPending(alice, large);
    world.frozen.clear();

    ends(bob, receive(bob, room(50_000), 1), StatusCode.SUCCESS);
    ends(bob, receive(bob, room(8), 2), StatusCode.SUCCESS);
    ends(alice, large, StatusCode.SUCCESS);
    ends(alice, eager, StatusCode.SUCCESS);
    assertTrue(alice.counters().reliability().hostReplies() > 10);
    assertEquals(0, alice.counters().reliability().giveUps());
  }

  /**
   * Goal: nothing is lost, repeated or overtaken whatever the net does. Method: seeded exchanges of
   * all classes both ways, each command of a random fate.
   */
  @RepeatedTest(12)
  void shouldDeliverEverythingInOrderThroughABadNet() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    Fate[] fates = {Fate.DROP, Fate.DUPLICATE, Fate.DELAY, Fate.FULL};
    int[] units = {0, 512, 1_452, 4_096, 8_192};
    world.nic.fragmentBytes = units[random.nextInt(units.length)];
    world.nic.plan =
        _ -> random.nextInt(8) == 0 ? fates[random.nextInt(fates.length)] : Fate.DELIVER;
    int count = 60;
    int[] sizes = {0, 9, 32, 60, 128, 200, 4_096, 12_345, 32_768, 40_000, 150_000};
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = sizes[random.nextInt(sizes.length)];
      requests.add(send(alice, message(size, i), toBob, 7));
      requests.add(send(bob, message(size, i + 1_000), toAlice, 7));
    }
    for (int i = 0; i < count; i++) {
      MemorySegment atBob = room(150_000);
      MemorySegment atAlice = room(150_000);
      Request first = receive(bob, atBob, 7);
      Request second = receive(alice, atAlice, 7);
      assertTrue(bob.await(first, Duration.ofMinutes(2), status), "seed=" + seed);
      long size = status.messageLength();
      assertEquals(
          -1, message(size, i).mismatch(atBob.asSlice(0, size)), "step " + i + " seed=" + seed);
      assertTrue(alice.await(second, Duration.ofMinutes(2), status), "seed=" + seed);
      assertEquals(
          -1,
          message(size, i + 1_000).mismatch(atAlice.asSlice(0, size)),
          "step " + i + " seed=" + seed);
    }
    for (int i = 0; i < requests.size(); i++) {
      LibraryEndpoint owner = i % 2 == 0 ? alice : bob;
      assertTrue(owner.await(requests.get(i), Duration.ofMinutes(2), status), "seed=" + seed);
      assertEquals(StatusCode.SUCCESS, status.code(), "seed=" + seed);
    }
  }
}
