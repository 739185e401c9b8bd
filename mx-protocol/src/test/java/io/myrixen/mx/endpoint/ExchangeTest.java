package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every class of message, expected and unexpected, in user memory of either kind. */
class ExchangeTest extends TwoEndpoints {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 32, 33, 128, 129, 4096, 4097, 32768, 32769, 65_536, 300_001})
  void shouldDeliverAnExpectedMessage(int bytes) {
    MemorySegment target = room(bytes);
    MemorySegment source = message(bytes);
    Request receive = bob.newRequest().context("r");
    Request send = alice.newRequest().context("s");
    bob.irecv(target, 5, -1L, receive);
    alice.isend(source, toBob, 5, send);

    ends(bob, receive, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(5, status.matchInfo());
    assertEquals("r", status.context());
    assertEquals(World.FIRST_NIC, status.source().nicId());
    assertEquals(-1, source.mismatch(target));
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
    assertSame(toBob, status.source());
    assertEquals("s", status.context());
    assertFalse(send.pending());
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1_452, 4_096, 8_192, 32_768})
  void shouldDeliverAMediumInFragmentsOfAnyUnit(int unit) {
    world.nic.fragmentBytes = unit;
    for (int bytes : new int[] {129, 512, 513, 8_192, 8_193, 32_767, 32_768}) {
      MemorySegment source = message(bytes);
      MemorySegment expected = room(bytes);
      MemorySegment unexpected = room(bytes);
      MemorySegment narrow = room(bytes / 3);
      Request first = receive(bob, expected, 5);
      for (int i = 0; i < 3; i++) {
        alice.isend(source, toBob, 5, null);
      }
      ends(bob, first, StatusCode.SUCCESS, bytes, bytes);
      ends(bob, receive(bob, unexpected, 5), StatusCode.SUCCESS, bytes, bytes);
      ends(bob, receive(bob, narrow, 5), StatusCode.TRUNCATED, bytes, bytes / 3);
      assertEquals(-1, source.mismatch(expected));
      assertEquals(-1, source.mismatch(unexpected));
      assertEquals(-1, source.asSlice(0, bytes / 3).mismatch(narrow));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 33, 128, 129, 32768, 32769, 300_001})
  void shouldDeliverAnUnexpectedMessage(int bytes) {
    MemorySegment source = message(bytes);
    Request send = send(alice, source, toBob, 5);
    world.settle();

    MemorySegment target = room(bytes);
    Request receive = bob.newRequest();
    bob.irecv(target, 4, 6, receive);
    ends(bob, receive, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(5, status.matchInfo());
    assertEquals(-1, source.mismatch(target));
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(1, bob.counters().unexpected());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 5_000, 100_000})
  void shouldEndASynchronousSendOnlyWhenMatched(int bytes) {
    MemorySegment source = message(bytes);
    Request send = alice.newRequest();
    alice.issend(source, toBob, 5, send);
    stillPending(alice, send);

    MemorySegment target = room(bytes);
    Request receive = receive(bob, target, 5);
    ends(bob, receive, StatusCode.SUCCESS, bytes, bytes);
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(-1, source.mismatch(target));
    assertEquals(1, alice.counters().largeSent());
  }

  @Test
  void shouldEndAnEagerSendBeforeAnybodyTakesIt() {
    world.frozen.add(bob);

    ends(alice, send(alice, message(32_768), toBob, 1), StatusCode.SUCCESS);
    ends(alice, send(alice, message(10), toBob, 1), StatusCode.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 128, 5_000, 32_768})
  void shouldTruncateAnEagerMessageForTheReceiverAlone(int bytes) {
    MemorySegment target = room(bytes / 2);
    Request receive = receive(bob, target, 5);
    MemorySegment source = message(bytes);
    Request send = send(alice, source, toBob, 5);

    ends(bob, receive, StatusCode.TRUNCATED, bytes, bytes / 2);
    assertEquals(-1, source.asSlice(0, bytes / 2).mismatch(target));
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 99_999})
  void shouldTruncateALargeMessageForBoth(int room) {
    MemorySegment target = room(room);
    MemorySegment source = message(100_000);
    Request send = send(alice, source, toBob, 5);
    world.settle();
    Request receive = receive(bob, target, 5);

    ends(bob, receive, StatusCode.TRUNCATED, 100_000, room);
    assertEquals(-1, source.asSlice(0, room).mismatch(target));
    ends(alice, send, StatusCode.TRUNCATED, 100_000, room);
  }

  @ParameterizedTest
  @ValueSource(ints = {0b00, 0b01, 0b10, 0b11})
  void shouldStageOnlyWhatIsNotRegistered(int registered) {
    int bytes = 700_000;
    MemorySegment source = (registered & 1) != 0 ? alice.allocate(bytes) : room(bytes);
    MemorySegment target = (registered & 2) != 0 ? bob.allocate(bytes) : room(bytes);
    fill(source, 9);
    Request receive = receive(bob, target, 5);
    Request send = send(alice, source, toBob, 5);

    ends(bob, receive, StatusCode.SUCCESS, bytes, bytes);
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(-1, source.mismatch(target));
    assertEquals((registered & 1) != 0 ? 0 : bytes, alice.counters().stagedBytes());
    assertEquals((registered & 2) != 0 ? 0 : bytes, bob.counters().stagedBytes());
    assertEquals((registered & 1) != 0 ? 2 : 1, alice.counters().registrations());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20}) // More than there are rings: some are announced without one.
  void shouldStageAgainWhatIsAskedForAgain(int count) {
    world.nic.seeks = 2;
    int bytes = 300_000 / count + 40_000;
    var sources = new ArrayList<MemorySegment>();
    var sends = new ArrayList<Request>();
    for (int i = 0; i < count; i++) {
      sources.add(message(bytes));
      sends.add(send(alice, sources.get(i), toBob, 5));
    }
    MemorySegment target = bob.allocate(bytes);
    for (int i = 0; i < count; i++) {
      ends(bob, receive(bob, target, 5), StatusCode.SUCCESS, bytes, bytes);
      ends(alice, sends.get(i), StatusCode.SUCCESS, bytes, bytes);
      assertEquals(-1, sources.get(i).mismatch(target));
    }
    assertTrue(alice.counters().stagedBytes() > (long) count * bytes, "some of it was again");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 120, 9_000, 90_000})
  void shouldGatherAndScatterSegments(int bytes) {
    MemorySegment source = message(bytes);
    MemorySegment target = room(bytes);
    long cut = bytes / 3;
    MemorySegment nothing = room(0);
    Request receive = bob.newRequest();
    bob.irecv(
        List.of(target.asSlice(0, 2 * cut), nothing, target.asSlice(2 * cut)), 5, -1L, receive);
    Request send = alice.newRequest();
    alice.isend(
        List.of(nothing, source.asSlice(0, cut), source.asSlice(cut), nothing), toBob, 5, send);

    ends(bob, receive, StatusCode.SUCCESS, bytes, bytes);
    ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
    assertEquals(-1, source.mismatch(target));
  }

  @Test
  void shouldTakeBuffersBetweenPositionAndLimit() {
    ByteBuffer source = ByteBuffer.allocateDirect(100).put(10, (byte) 1).position(10).limit(20);
    ByteBuffer target = ByteBuffer.allocate(100).position(50);
    Request receive = bob.newRequest();
    bob.irecv(target, 1, -1L, receive);
    alice.isend(source, toBob, 1, null);

    ends(bob, receive, StatusCode.SUCCESS, 10, 10);
    assertEquals(1, target.get(50));
  }

  @Test
  void shouldMatchInTheOrderOfSendingWhateverTheClass() {
    int[] sizes = {10, 100_000, 0, 32_768, 33, 400_000, 128, 129, 5_000, 1};
    List<Request> sends = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      sends.add(send(alice, message(sizes[i], i), toBob, 7));
    }
    List<Request> receives = new ArrayList<>();
    List<MemorySegment> targets = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      targets.add(room(400_000));
      receives.add(receive(bob, targets.get(i), 7));
    }
    for (int i = 0; i < sizes.length; i++) {
      ends(bob, receives.get(i), StatusCode.SUCCESS, sizes[i], sizes[i]);
      assertEquals(
          -1, message(sizes[i], i).mismatch(targets.get(i).asSlice(0, sizes[i])), "message " + i);
      ends(alice, sends.get(i), StatusCode.SUCCESS);
    }
  }

  @Test
  void shouldAnswerTheSourceOfAMessageWithoutConnecting() {
    Request receive = receive(bob, room(4), 1);
    alice.isend(room(4), toBob, 1, null);
    outcome(bob, receive);
    EndpointAddress back = status.source();

    Request answer = receive(alice, room(100_000), 2);
    Request send = send(bob, message(100_000), back, 2);
    ends(alice, answer, StatusCode.SUCCESS, 100_000, 100_000);
    assertSame(toBob, status.source());
    ends(bob, send, StatusCode.SUCCESS);
  }

  @Test
  void shouldAnnounceMoreThanThereAreWindowsAndRings() {
    int count = 100;
    List<Request> sends = new ArrayList<>();
    List<Request> receives = new ArrayList<>();
    List<MemorySegment> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sends.add(send(alice, message(40_000, i), toBob, i));
    }
    for (int i = 0; i < count; i++) {
      targets.add(room(40_000));
      receives.add(receive(bob, targets.get(i), i));
    }
    for (int i = 0; i < count; i++) {
      ends(bob, receives.get(i), StatusCode.SUCCESS);
      ends(alice, sends.get(i), StatusCode.SUCCESS);
      assertEquals(-1, message(40_000, i).mismatch(targets.get(i)), "message " + i);
    }
  }

  @Test
  void shouldNotWaitInACircleWhenBothOnlyAnnounce() {
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    List<Request> sends = new ArrayList<>();
    List<Request> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sends.add(send(alice, message(40_000, i), toBob, i));
      answers.add(send(bob, message(40_000, i), toAlice, i));
    }
    world.settle();
    for (int i = 0; i < 50; i++) {
      Request atAlice = receive(alice, room(40_000), i);
      Request atBob = receive(bob, room(40_000), i);
      ends(bob, atBob, StatusCode.SUCCESS);
      ends(alice, atAlice, StatusCode.SUCCESS);
      ends(alice, sends.get(i), StatusCode.SUCCESS);
      ends(bob, answers.get(i), StatusCode.SUCCESS);
    }
  }

  @Test
  void shouldEndARequestWhoseArenaIsClosedTooEarlyAndNoOther() {
    Request spoiled;
    try (var arena = Arena.ofShared()) {
      spoiled = receive(bob, arena.allocate(100), 1);
    }
    Request good = receive(bob, room(100), 1);
    alice.isend(message(100), toBob, 1, null);
    alice.isend(message(100), toBob, 1, null);

    ends(bob, spoiled, StatusCode.ABORTED, 100, 0);
    ends(bob, good, StatusCode.SUCCESS, 100, 100);
  }

  @Test
  void shouldEndALargeReceiveWhoseArenaIsClosedTooEarly() {
    Request spoiled;
    try (var arena = Arena.ofShared()) {
      spoiled = receive(bob, arena.allocate(500_000), 1);
    }
    Request send = send(alice, message(500_000), toBob, 1);

    ends(bob, spoiled, StatusCode.ABORTED);
    ends(alice, send, StatusCode.TRUNCATED, 500_000, 0);
  }

  @Test
  void shouldTakeTheLastOfManyStagedMessagesFirst() {
    int count = 40;
    var sends = new ArrayList<Request>();
    for (int i = 0; i < count; i++) {
      sends.add(send(alice, message(40_000, i), toBob, i));
    }
    for (int i = count - 1; i >= 0; i--) {
      MemorySegment target = room(40_000);
      ends(bob, receive(bob, target, i), StatusCode.SUCCESS);
      assertEquals(-1, target.mismatch(message(40_000, i)));
      ends(alice, sends.get(i), StatusCode.SUCCESS);
    }
  }
}
