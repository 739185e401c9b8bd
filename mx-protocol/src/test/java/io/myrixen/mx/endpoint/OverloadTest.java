package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than a receiver or a network takes: on one NIC, and across a wire. */
class OverloadTest extends TwoEndpoints {

  private static final int FLOOD = 100;

  private EndpointAddress connect(boolean wired, LibraryEndpoint from, int board, int endpoint) {
    if (wired && world.nic.wire == null) {
      world.lay();
    }
    return from.connect(World.FIRST_NIC + board, endpoint, World.KEY, LONG);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFinishALargeSendWhileTheSameSenderFloodsTheReceiver(boolean wired) {
    LibraryEndpoint carol = world.open(2, 0, World.options().withUnexpectedBytes(4 * 32_768));
    LibraryEndpoint dave = world.open(3, 0, World.options().withUnexpectedBytes(4 * 32_768));
    EndpointAddress toCarol = connect(wired, dave, 2, 0);
    MemorySegment large = room(500_000);
    Request send = send(dave, message(500_000), toCarol, 1);
    world.settle();
    for (int i = 0; i < FLOOD; i++) {
      dave.isend(message(20_000, i), toCarol, 2, null);
    }
    world.run(3 * SECOND_NS);
    assertTrue(carol.counters().unexpectedDropped() > 0, "no flood");

    ends(carol, receive(carol, large, 1), StatusCode.SUCCESS);
    ends(dave, send, StatusCode.SUCCESS);
    assertEquals(-1, message(500_000).mismatch(large));
    for (int i = 0; i < FLOOD; i++) {
      MemorySegment target = room(20_000);
      ends(carol, receive(carol, target, 2), StatusCode.SUCCESS);
      assertEquals(-1, message(20_000, i).mismatch(target), "message " + i);
    }
  }

  /** Both are out of memory, and what each waits for is behind what the other cannot keep. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFinishLargeSendsWhileBothFloodEachOther(boolean wired) {
    LibraryEndpoint carol = world.open(2, 0, World.options().withUnexpectedBytes(4 * 32_768));
    LibraryEndpoint dave = world.open(3, 0, World.options().withUnexpectedBytes(4 * 32_768));
    EndpointAddress toCarol = connect(wired, dave, 2, 0);
    EndpointAddress toDave = connect(wired, carol, 3, 0);
    Request one = send(dave, message(500_000), toCarol, 1);
    Request other = send(carol, message(500_000), toDave, 1);
    world.settle();
    world.run(SECOND_NS);
    for (int i = 0; i < FLOOD; i++) {
      dave.isend(message(20_000, i), toCarol, 2, null);
      carol.isend(message(20_000, i), toDave, 2, null);
    }
    world.run(3 * SECOND_NS);

    Request atCarol = receive(carol, room(500_000), 1);
    Request atDave = receive(dave, room(500_000), 1);
    ends(carol, atCarol, StatusCode.SUCCESS);
    ends(dave, atDave, StatusCode.SUCCESS);
    for (int i = 0; i < FLOOD; i++) {
      ends(carol, receive(carol, room(20_000), 2), StatusCode.SUCCESS);
      ends(dave, receive(dave, room(20_000), 2), StatusCode.SUCCESS);
    }
    ends(dave, one, StatusCode.SUCCESS);
    ends(carol, other, StatusCode.SUCCESS);
  }

  /** The NOTIFY comes behind more than is ever in flight, of which nothing is taken. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFinishALargeSendOfAReceiverThatIsFlooded(boolean wired) {
    LibraryEndpoint carol = world.open(2, 0, World.options().withUnexpectedBytes(32_768));
    LibraryEndpoint dave = world.open(3, 0);
    EndpointAddress toCarol = connect(wired, dave, 2, 0);
    EndpointAddress toDave = connect(wired, carol, 3, 0);
    for (int i = 0; i < 2 * Partner.WINDOW; i++) {
      dave.isend(message(100, i), toCarol, 2, null);
    }
    world.run(SECOND_NS);
    assertTrue(carol.counters().unexpectedDropped() > 0, "no flood");
    int[] count = {0};
    world.nic.plan = c -> c.kind == Kind.NOTIFY && ++count[0] == 1 ? Fate.DROP : Fate.DELIVER;
    Request receive = receive(dave, room(500_000), 1);
    Request send = send(carol, message(500_000), toDave, 1);

    ends(dave, receive, StatusCode.SUCCESS);
    ends(carol, send, StatusCode.SUCCESS);
    long begun = world.now();
    for (int i = 0; i < 2 * Partner.WINDOW; i++) {
      MemorySegment target = room(100);
      ends(carol, receive(carol, target, 2), StatusCode.SUCCESS);
      assertEquals(-1, message(100, i).mismatch(target), "message " + i);
    }
    assertTrue(world.now() - begun < SECOND_NS / 4, "not told of room: " + (world.now() - begun));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAnnounceShortMessagesWhileAcknowledgementsLag(boolean wired) {
    LibraryEndpoint carol = world.open(2, 0);
    LibraryEndpoint dave = world.open(3, 0);
    EndpointAddress toCarol = connect(wired, dave, 2, 0);
    world.frozen.add(carol);
    List<Request> sends = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      sends.add(send(dave, message(100, i), toCarol, 7));
    }
    world.run(2 * Lag.AFTER_NS);
    for (int i = 150; i < 180; i++) {
      sends.add(send(dave, message(100, i), toCarol, 7));
    }
    assertEquals(30, dave.counters().reliability().announcedForLag());
    world.frozen.clear();
    for (int i = 0; i < 180; i++) {
      MemorySegment target = room(100);
      ends(carol, receive(carol, target, 7), StatusCode.SUCCESS, 100, 100);
      assertEquals(-1, message(100, i).mismatch(target), "message " + i);
      ends(dave, sends.get(i), StatusCode.SUCCESS, 100, 100);
    }
  }

  /** What one partner that is away holds must not keep others waiting. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReachOthersWhileOnePartnerHoldsAllSendSlots(boolean wired) {
    LibraryEndpoint carol = world.open(2, 0);
    LibraryEndpoint dave = world.open(3, 0);
    EndpointAddress toCarol = connect(wired, dave, 2, 0);
    EndpointAddress thenBob = dave.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);
    world.frozen.add(carol);
    List<Request> sends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sends.add(send(dave, message(32_768, i), toCarol, 7));
    }
    Request receive = receive(bob, room(20_000), 7);
    Request send = send(dave, message(20_000), thenBob, 7);

    ends(bob, receive, StatusCode.SUCCESS);
    ends(dave, send, StatusCode.SUCCESS);
    world.frozen.clear();
    for (int i = 0; i < 20; i++) {
      ends(carol, receive(carol, room(32_768), 7), StatusCode.SUCCESS);
      ends(dave, sends.get(i), StatusCode.SUCCESS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 5})
  void shouldSendLessWhereTheWayLosesMore(int rarity) {
    LibraryEndpoint carol = world.open(2, 0);
    LibraryEndpoint dave = world.open(3, 0);
    EndpointAddress toCarol = connect(true, dave, 2, 0);
    int[] count = {0};
    world.nic.plan =
        c -> c.kind == Kind.MEDIUM && ++count[0] % rarity == 0 ? Fate.DROP : Fate.DELIVER;
    for (int i = 0; i < 100; i++) {
      dave.isend(message(8_192, i), toCarol, 7, null);
    }
    for (int i = 0; i < 100; i++) {
      MemorySegment target = room(8_192);
      ends(carol, receive(carol, target, 7), StatusCode.SUCCESS);
      assertEquals(-1, message(8_192, i).mismatch(target), "message " + i);
    }
    assertTrue(dave.counters().reliability().heldByCongestion() > 0);
    assertTrue(AcrossWire.flow(toCarol).window.windowBytes() < CongestionWindow.FIRST_BYTES);
  }
}
