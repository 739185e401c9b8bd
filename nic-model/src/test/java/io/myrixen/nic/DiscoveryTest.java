package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How boards of several NICs become known to each other, by name, id and index. */
class DiscoveryTest {

  private static final long THIRD_BOARD = 0x0200_0000_0201L;

  private final WireFixture wire = new WireFixture(WireProfile.MX_WIRE);

  @AfterEach
  void nobodyWasClosed() {
    wire.assertNoFault();
  }

  private void attachBoth() {
    wire.left.board(WireFixture.LEFT_BOARD, 1, 1);
    wire.right.board(WireFixture.RIGHT_BOARD, 2, 1);
    wire.attach();
    wire.run();
  }

  private static Set<Peer> peers(NicFixture nic) {
    return new HashSet<>(nic.nic.peers());
  }

  private static ReturnCode code(NicFixture nic, CompletableFuture<Void> future) {
    return assertInstanceOf(NicException.class, nic.failure(future)).code();
  }

  private static Peer peer(long nicId, int vmId) {
    return new Peer(nicId, "vm%d:%d".formatted(vmId, nicId));
  }

  @Test
  void shouldLearnIdsAndNamesOfEachOther() {
    attachBoth();

    Set<Peer> both = Set.of(peer(WireFixture.LEFT_BOARD, 1), peer(WireFixture.RIGHT_BOARD, 2));
    assertEquals(both, peers(wire.left));
    assertEquals(both, peers(wire.right));
  }

  @Test
  void shouldBroadcastEightTimesInTenSecondsAndThenRarely() {
    wire.left.board(WireFixture.LEFT_BOARD, 1, 1);
    wire.left.done(wire.left.nic.attachPort(wire.leftPort, wire.profile));
    wire.run();
    assertEquals(1, wire.leftPort.sent.size());
    Frame frame = wire.last(wire.leftPort);
    assertEquals(PacketType.RAW, frame.type);
    assertEquals(Frame.BROADCAST, frame.destination);
    assertEquals(WireFixture.LEFT_BOARD, frame.nicId);

    for (int i = 2; i <= 8; i++) {
      assertBroadcastsAfter(WireFixture.SECOND_NS);
    }
    assertBroadcastsAfter(180 * WireFixture.SECOND_NS);
  }

  private void assertBroadcastsAfter(long leastNs) {
    int before = wire.leftPort.sent.size();
    long dueNs = sleepNs();
    assertTrue(dueNs >= leastNs && dueNs < leastNs + leastNs / 4, "due in " + dueNs);
    wire.advance(dueNs - 1);
    assertEquals(before, wire.leftPort.sent.size());
    wire.advance(1);
    assertEquals(before + 1, wire.leftPort.sent.size());
  }

  @Test
  void shouldNotStayInStepWithANicThatBeganAtTheSameTime() {
    attachBoth();
    for (int i = 0; i < 8; i++) {
      wire.advance(sleepNs());
    }

    assertNotEquals(sleepNs(), sleepNs(wire.right.nic));
  }

  @Test
  void shouldTellALateStarterOfItselfAtOnce() {
    wire.left.board(WireFixture.LEFT_BOARD, 1, 1);
    wire.left.done(wire.left.nic.attachPort(wire.leftPort, wire.profile));
    wire.run();
    while (wire.rightPort.receive((_, _, _) -> {}, 100) > 0) {}
    for (int i = 0; i < 60; i++) {
      wire.advance(WireFixture.SECOND_NS);
      while (wire.rightPort.receive((_, _, _) -> {}, 100) > 0) {}
    }
    wire.right.board(WireFixture.RIGHT_BOARD, 2, 1);
    wire.right.done(wire.right.nic.attachPort(wire.rightPort, wire.profile));
    wire.run();

    assertEquals(2, wire.left.nic.peers().size());
    assertEquals(2, wire.right.nic.peers().size());
  }

  @Test
  void shouldAskForANameAgainUntilItIsTold() {
    wire.rightPort.lost = frame -> frame[Frame.BODY_OFFSET] == PacketType.HOST_REPLY;
    attachBoth();
    assertEquals(1, wire.left.nic.peers().size());
    assertEquals(1, wire.sent(wire.leftPort, PacketType.HOST_QUERY));
    assertEquals(2, wire.right.nic.peers().size());

    wire.advance(5 * WireFixture.SECOND_NS - 1);
    assertEquals(1, wire.sent(wire.leftPort, PacketType.HOST_QUERY));
    wire.rightPort.lost = _ -> false;
    wire.advance(2 * WireFixture.SECOND_NS);

    assertEquals(2, wire.left.nic.peers().size());
    wire.advance(60 * WireFixture.SECOND_NS);
    assertEquals(2, wire.sent(wire.leftPort, PacketType.HOST_QUERY));
  }

  @Test
  void shouldBeginAnewWithAPeerThatDoes() {
    attachBoth();
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    for (int i = 0; i < 30; i++) {
      wire.advance(WireFixture.SECOND_NS);
    }
    long before = wire.sent(wire.leftPort, PacketType.RAW);
    wire.right.done(wire.right.nic.detachPort());
    wire.right.done(wire.right.nic.attachPort(wire.rightPort, wire.profile));
    wire.run();

    assertTrue(wire.sent(wire.leftPort, PacketType.RAW) > before, "the fast phase begins anew");
    alice.sendTiny(bob, 1);
    bob.sendTiny(alice, 2);
    wire.run();
    assertTrue(bob.pollEvent());
    assertTrue(alice.pollEvent());
    assertEquals(2, wire.right.nic.peers().size());
  }

  @Test
  void shouldTellAPeerThatUsesAnotherIndexWhichOneIsRight() {
    attachBoth();
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    long asked = wire.sent(wire.rightPort, PacketType.HOST_QUERY);
    wire.frame.clear();
    wire.frame.type = PacketType.CONNECT;
    wire.frame.source = WireFixture.RIGHT_BOARD;
    wire.frame.destination = WireFixture.LEFT_BOARD;
    wire.frame.peerIndex = Frame.UNKNOWN_INDEX;
    wire.frame.reverseIndex = 17; // As it was before the other NIC began.
    wire.arrives(wire.leftPort);
    assertTrue(alice.pollEvent());

    alice.sendTiny(bob, 1);
    alice.sendTiny(bob, 2);
    wire.run();
    bob.assertNothing();
    assertEquals(2, wire.right.total(NicCounter.DROP_BAD_PEER_INDEX));
    assertEquals(asked + 1, wire.sent(wire.rightPort, PacketType.HOST_QUERY), "once a second");

    alice.sendTiny(bob, 3);
    wire.run();
    assertTrue(bob.pollEvent());
    assertEquals(3, bob.in.sequence);
  }

  @Test
  void shouldReachAPeerOfAStaticTableThatSaysNothing() {
    wire.leftPort.lost = _ -> true;
    wire.rightPort.lost = _ -> true;
    attachBoth();
    assertEquals(1, wire.left.nic.peers().size());
    wire.leftPort.lost = _ -> false;
    wire.left.done(wire.left.nic.addPeer(WireFixture.RIGHT_BOARD, "silent:0"));
    wire.right.done(wire.right.nic.addPeer(WireFixture.LEFT_BOARD, "left:0"));
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    alice.sendTiny(bob, 1);
    wire.run();

    assertTrue(bob.pollEvent());
    assertEquals(Frame.UNKNOWN_INDEX, wire.last(wire.leftPort).peerIndex);
    assertTrue(peers(wire.left).contains(new Peer(WireFixture.RIGHT_BOARD, "silent:0")));
  }

  @Test
  void shouldRefusePeersThatCannotBe() {
    assertEquals(ReturnCode.NO_DEV, code(wire.left, wire.left.nic.addPeer(7, "x:0")));
    attachBoth();
    assertEquals(
        ReturnCode.NO_RESOURCES,
        code(wire.left, wire.left.nic.addPeer(WireFixture.LEFT_BOARD, "x")));
    assertEquals(
        ReturnCode.BUSY, code(wire.left, wire.left.nic.attachPort(wire.leftPort, wire.profile)));
    assertEquals(
        ReturnCode.NO_RESOURCES, code(wire.left, wire.left.nic.addPeer(Frame.BROADCAST, "all:0")));
    assertThrows(IllegalArgumentException.class, () -> wire.left.nic.addPeer(1L << 48, "x:0"));
    assertThrows(IllegalArgumentException.class, () -> wire.left.nic.addPeer(7, ""));
    var narrow = new MemoryPort();
    assertThrows(
        IllegalArgumentException.class,
        () -> wire.left.nic.attachPort(new ShortPort(narrow), wire.profile));
  }

  /** Frames of a byte less than a profile needs. */
  private record ShortPort(Port port) implements Port {
    @Override
    public int maxFrameBytes() {
      return WireProfile.MX_WIRE.maxFrameBytes() - 1;
    }

    @Override
    public int room() {
      return port.room();
    }

    @Override
    public void transmit(MemorySegment memory, long offset, int lengthBytes) {
      port.transmit(memory, offset, lengthBytes);
    }

    @Override
    public int receive(FrameSink sink, int limit) {
      return port.receive(sink, limit);
    }
  }

  @Test
  void shouldTakeABoardOverThatWasAnotherNics() {
    attachBoth();
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    wire.right.done(wire.right.nic.removeBoard(WireFixture.RIGHT_BOARD));
    wire.left.board(WireFixture.RIGHT_BOARD, 2, 1);
    FakeEndpoint bob = wire.left.open(WireFixture.RIGHT_BOARD, 0);
    long before = wire.left.total(NicCounter.FRAMES_SENT);
    alice.sendTiny(bob, 1);
    wire.left.nic.doWork();

    assertTrue(bob.pollEvent());
    assertEquals(before, wire.left.total(NicCounter.FRAMES_SENT));
  }

  @Test
  void shouldReachNobodyOnceThePortIsDetached() {
    attachBoth();
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    wire.left.done(wire.left.nic.detachPort());
    wire.left.done(wire.left.nic.detachPort());
    alice.sendTiny(bob, 1);
    wire.run();

    assertTrue(alice.pollEvent());
    assertEquals(NackType.NIC_UNREACHABLE, alice.in.nackType());
    assertEquals(List.of(peer(WireFixture.LEFT_BOARD, 1)), wire.left.nic.peers());
  }

  @Test
  void shouldAnswerThatANicIsThereWithoutItsVm() {
    attachBoth();
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint carol = wire.left.open(WireFixture.LEFT_BOARD, 1);
    for (int cookie = 1; cookie <= 2; cookie++) {
      alice.command(Kind.HOST_QUERY, alice);
      alice.out.nicId = WireFixture.RIGHT_BOARD;
      alice.out.word(-cookie);
      alice.send();
    }
    wire.run();

    assertTrue(alice.pollEvent());
    assertEquals(Kind.HOST_REPLY, alice.in.kind);
    assertEquals(WireFixture.RIGHT_BOARD, alice.in.nicId);
    assertEquals(-2, alice.in.word());
    alice.assertNothing();
    carol.assertNothing();
  }

  @Test
  void shouldAskAgainOfWhomNothingWasHeard() {
    attachBoth();
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    wire.leftPort.lost = _ -> true;
    alice.command(Kind.HOST_QUERY, alice).nicId = WireFixture.RIGHT_BOARD;
    alice.out.word(1);
    alice.send();
    wire.run();
    alice.assertNothing();
    wire.leftPort.lost = _ -> false;
    alice.out.word(2);
    alice.send();
    wire.run();

    assertTrue(alice.pollEvent());
    assertEquals(2, alice.in.word());
    alice.assertNothing();
  }

  private void discovery(long nicId, int serial) {
    wire.frame.clear();
    wire.frame.type = PacketType.RAW;
    wire.frame.source = nicId;
    wire.frame.destination = Frame.BROADCAST;
    wire.frame.nicId = nicId;
    wire.frame.magic = serial;
    wire.arrives(wire.leftPort);
    while (wire.rightPort.receive((_, _, _) -> {}, 100) > 0) {}
  }

  @Test
  void shouldLetNobodyWhoNeverToldANameShutOthersOut() {
    attachBoth();
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    for (int i = 0; i < 3 * PeerTable.CAPACITY; i++) {
      discovery(0x0600_0000_0000L + i, i);
    }
    discovery(THIRD_BOARD, 1);
    alice.sendTiny(bob, 1);
    alice.command(Kind.TINY, bob).nicId = THIRD_BOARD;
    alice.send();
    wire.run();

    assertTrue(bob.pollEvent());
    alice.assertNothing();
    assertEquals(2, wire.left.nic.peers().size());
  }

  @Test
  void shouldTellOfItselfOnceAFullPortHasRoom() {
    wire.leftPort.credit = 0;
    attachBoth();
    assertEquals(0, wire.leftPort.sent.size());
    assertEquals(1_000_000, sleepNs());
    wire.leftPort.credit = 10;
    wire.advance(1_000_000);

    assertEquals(2, wire.left.nic.peers().size());
    assertEquals(2, wire.right.nic.peers().size());
  }

  private long sleepNs() {
    return sleepNs(wire.left.nic);
  }

  private static long sleepNs(Nic nic) {
    assertTrue(nic.prepareToSleep());
    long sleepNs = nic.longestSleepNs();
    nic.awake();
    return sleepNs;
  }

  @Test
  void shouldTakeNoGroupOfStationsForAPeer() {
    attachBoth();
    discovery(0x0100_5E00_0001L, 1);
    discovery(Frame.BROADCAST, 1);

    assertEquals(2, wire.left.total(NicCounter.DROP_BAD_PEER_ADDR));
  }

  @Test
  void shouldForgetItsPeersWhenItStops() {
    attachBoth();
    wire.left.nic.onClose();
    int before = wire.leftPort.sent.size();
    wire.left.nic.doWork();

    assertEquals(before, wire.leftPort.sent.size());
    assertEquals(List.of(), wire.left.nic.peers());
  }

  @Test
  void shouldKeepAPeerUntilItsNameHadTimeToCome() {
    attachBoth();
    for (int i = 0; i < PeerTable.CAPACITY; i++) {
      discovery(0x0600_0000_0000L + i, i);
    }
    discovery(THIRD_BOARD, 1);
    int magic = wire.last(wire.leftPort).magic;
    for (int i = 0; i < PeerTable.CAPACITY / 2; i++) {
      discovery(0x0400_0000_0000L + i, i);
    }
    reply(magic, "third:0");

    assertTrue(peers(wire.left).contains(new Peer(THIRD_BOARD, "third:0")));
  }

  @Test
  void shouldBroadcastNoMoreOftenForAStationThatKeepsBeginningAnew() {
    attachBoth();
    wire.advance(30 * WireFixture.SECOND_NS);
    long before = wire.sent(wire.leftPort, PacketType.RAW);
    for (int i = 0; i < 100; i++) {
      discovery(THIRD_BOARD, i);
      wire.advance(WireFixture.SECOND_NS / 10);
    }
    long sent = wire.sent(wire.leftPort, PacketType.RAW) - before;
    assertTrue(sent >= 8 && sent <= 11, "in ten seconds " + sent);
    long asked =
        wire.leftPort.sent.stream()
            .filter(bytes -> wire.read(bytes).destination == THIRD_BOARD)
            .count();
    assertTrue(asked <= 3, "asked for its name " + asked + " times");
  }

  @Test
  void shouldNotBelieveAReplyOrANameThatIsNone() {
    attachBoth();
    discovery(THIRD_BOARD, 1);
    Frame query = wire.last(wire.leftPort);
    assertEquals(PacketType.HOST_QUERY, query.type);
    int magic = query.magic;
    reply(magic + 1, "right:0");
    reply(magic, "");
    reply(magic, "with blank");
    reply(magic, "\u0007bell");
    assertEquals(2, wire.left.nic.peers().size());
    assertEquals(1, wire.left.total(NicCounter.DROP_HOST_REPLY_BAD_MAGIC));
    assertEquals(3, wire.left.total(NicCounter.DROP_BAD_NAME));

    reply(magic, "third:0");
    assertTrue(peers(wire.left).contains(new Peer(THIRD_BOARD, "third:0")));
    reply(magic, "another:0");
    assertTrue(peers(wire.left).contains(new Peer(THIRD_BOARD, "third:0")), "not asked for");
    assertNotEquals(0, magic);
  }

  private void reply(int magic, String name) {
    wire.frame.clear();
    wire.frame.type = PacketType.HOST_REPLY;
    wire.frame.source = THIRD_BOARD;
    wire.frame.destination = WireFixture.LEFT_BOARD;
    wire.frame.peerIndex = Frame.UNKNOWN_INDEX;
    wire.frame.reverseIndex = 3;
    wire.frame.magic = magic;
    byte[] text = (name + '\0').getBytes(StandardCharsets.US_ASCII);
    wire.frame.payloadBytes = text.length;
    byte[] bytes = new byte[200];
    int length = wire.frame.write(MemorySegment.ofArray(bytes), 0, wire.profile);
    System.arraycopy(text, 0, bytes, wire.frame.payloadOffset, text.length);
    wire.leftPort.put(Arrays.copyOf(bytes, length));
    wire.run();
  }
}
