package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of a library, from one NIC to another. */
@ParameterizedClass
@EnumSource(WireProfile.class)
class WireDeliveryTest {

  @Parameter WireProfile profile = WireProfile.MX_WIRE;

  private WireFixture wire = WireFixture.joined(WireProfile.MX_WIRE);
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;

  @BeforeEach
  void open() {
    wire = WireFixture.joined(profile);
    alice = wire.left.open(WireFixture.LEFT_BOARD, 3);
    bob = wire.right.open(WireFixture.RIGHT_BOARD, 5);
  }

  @AfterEach
  void nobodyWasClosed() {
    wire.assertNoFault();
  }

  private Descriptor delivered(int kind) {
    wire.run();
    assertTrue(bob.pollEvent());
    assertEquals(kind, bob.in.kind);
    assertEquals(alice.id, bob.in.endpoint);
    assertEquals(alice.nicId, bob.in.nicId);
    alice.assertNothing();
    bob.assertNothing();
    assertEquals(alice.commands.position(), alice.control.commandsConsumedAcquire());
    return bob.in;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32})
  void shouldCarryTiny(int length) {
    alice.command(Kind.TINY, bob);
    alice.out.length = length;
    alice.out.sequence = 0xABCD;
    alice.out.ack = 0x1234;
    alice.out.matchInfo = 0xFEDC_BA98_7654_3210L;
    if (length > 0) {
      alice.out.detail0 = 0x81;
      alice.out.detail3 = length == 32 ? 0x8000_0000_0000_0001L : 0;
    }
    alice.send();

    Descriptor event = delivered(Kind.TINY);

    assertEquals(0xABCD, event.sequence);
    assertEquals(0x1234, event.ack);
    assertEquals(0xFEDC_BA98_7654_3210L, event.matchInfo);
    assertEquals(bob.session, event.session);
    assertEquals(length, event.length);
    assertEquals(alice.out.detail0, event.detail0);
    assertEquals(alice.out.detail3, event.detail3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 128})
  void shouldCarrySmall(int length) {
    alice.sendSmall(bob, 7, length);

    Descriptor event = delivered(Kind.SMALL);

    assertEquals(length, event.length);
    bob.assertPayload(7, length);
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 1452, 1453, 4095, 4096, 4097, 8192, 8193, 32767, 32768})
  void shouldCarryAMediumInTheFragmentsOfTheProfile(int length) {
    int unit = profile.mediumFragmentBytes();
    int before = wire.leftPort.sent.size();
    alice.sendMedium(bob, 9, 60, length);
    wire.run();

    int count = (length + unit - 1) / unit;
    assertEquals(count, wire.leftPort.sent.size() - before);
    for (int i = 0; i < count; i++) {
      assertTrue(bob.pollEvent());
      assertEquals(Kind.MEDIUM, bob.in.kind);
      assertEquals(9, bob.in.sequence);
      assertEquals(length, bob.in.length);
      assertEquals(i * unit, bob.in.fragmentOffset());
      assertEquals(unit, bob.in.fragmentUnit());
      assertEquals(Math.min(unit, length - i * unit), bob.in.fragmentLength());
      bob.assertPayload(9, i * unit, bob.in.fragmentLength());
    }
    bob.assertNothing();
    alice.assertNothing();
    assertEquals(1, wire.left.total(NicCounter.MESSAGES));
    assertEquals(count, wire.left.total(NicCounter.MEDIUM));
    assertEquals(length, wire.left.total(NicCounter.BYTES));
    assertEquals(count, wire.right.total(NicCounter.RECEIVED_MEDIUM));
  }

  @ParameterizedTest
  @ValueSource(ints = {Kind.RNDV, Kind.NOTIFY})
  void shouldCarryRendezvousWithItsWindow(int kind) {
    alice.command(kind, bob);
    alice.out.length = -1;
    alice.out.sequence = 0x8001;
    alice.out.ack = 0x8002;
    alice.out.remoteWindow(63, 200);
    alice.send();

    Descriptor event = delivered(kind);

    assertEquals(0xFFFF_FFFFL, event.lengthBytes());
    assertEquals(0x8001, event.sequence);
    assertEquals(0x8002, event.ack);
    assertEquals(63, event.remoteWindowId());
    assertEquals(200, event.remoteWindowGeneration());
  }

  @ParameterizedTest
  @ValueSource(ints = {Kind.CONNECT_REQUEST, Kind.CONNECT_REPLY})
  void shouldCarryConnectsAndSayThatAWireDid(int kind) {
    alice.command(kind, bob);
    alice.out.session = 77;
    alice.out.word(0x87654321);
    alice.out.connect(0xFEDC, 9, 11);
    alice.send();

    Descriptor event = delivered(kind);

    assertEquals(77, event.session);
    assertEquals(0x87654321, event.word());
    assertEquals(0xFEDC, event.receiveSequenceStart());
    assertEquals(9, event.connectSequence());
    assertEquals(kind == Kind.CONNECT_REPLY ? 11 : 0, event.connectStatus());
    assertTrue(event.overWire());
  }

  @Test
  void shouldCarryWhatALibraryRefuses() {
    alice.command(Kind.NACK, bob);
    alice.out.sequence = 99;
    alice.out.nack(NackType.BAD_SESSION, Kind.RNDV);
    alice.out.detail2 = -1;
    alice.send();

    Descriptor event = delivered(Kind.NACK);

    assertEquals(99, event.sequence);
    assertEquals(NackType.BAD_SESSION, event.nackType());
    assertEquals(0, event.refusedKind());
    assertEquals(0, event.session);
    assertEquals(0, event.detail2);
  }

  @Test
  void shouldCarryAcks() {
    alice.command(Kind.ACK, bob);
    alice.out.sequence = 99;
    alice.out.word(-2);
    alice.send();

    Descriptor event = delivered(Kind.ACK);

    assertEquals(99, event.sequence);
    assertEquals(-2, event.word());
    assertEquals(bob.session, event.session);
  }

  @Test
  void shouldNameItselfAndTheIndexThatThePeerKnowsItBy() {
    alice.sendTiny(bob, 1);
    wire.run();

    Frame frame = wire.last(wire.leftPort);
    assertEquals(WireFixture.LEFT_BOARD, frame.source);
    assertEquals(WireFixture.RIGHT_BOARD, frame.destination);
    assertEquals(0, frame.peerIndex, "the only peer that the other has");
    assertEquals(PacketType.TINY, frame.type);
  }

  @Test
  void shouldPadShortFramesWithZeros() {
    alice.sendMedium(bob, 1, 0, 4000); // What may be left in the frame memory.
    alice.sendTiny(bob, 2);
    wire.run();

    byte[] frame = wire.leftPort.sent.getLast();
    assertEquals(60, frame.length);
    for (int i = 16 + 24 + 8; i < 60; i++) {
      assertEquals(0, frame[i], "byte " + i);
    }
  }

  @Test
  void shouldDropWhatFindsNoRoomSinceItIsSentAgain() {
    FakeEndpoint narrow = wire.right.open(WireFixture.RIGHT_BOARD, 6, WindowGeometry.SMALLEST);
    for (int i = 0; i < 36; i++) {
      alice.sendTiny(narrow, i);
    }
    wire.run();

    alice.assertNothing();
    assertEquals(4, wire.right.total(NicCounter.EVENT_QUEUE_FULL));
    for (int i = 0; i < 32; i++) {
      assertTrue(narrow.pollEvent());
    }
    narrow.assertNothing();
  }
}
