package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

  private final NicFixture world = new NicFixture();
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;

  @BeforeEach
  void open() {
    world.board(0x0200_0000_0001L, 1, 1);
    world.board(0x0200_0000_0002L, 2, 1);
    alice = world.open(0x0200_0000_0001L, 3);
    bob = world.open(0x0200_0000_0002L, 5);
  }

  @AfterEach
  void nobodyWasClosed() {
    world.assertNoFault();
  }

  private Descriptor delivered(int kind) {
    world.run();
    assertTrue(bob.pollEvent());
    assertEquals(kind, bob.in.kind);
    assertEquals(alice.id, bob.in.endpoint);
    assertEquals(alice.nicId, bob.in.nicId);
    alice.assertNothing();
    bob.assertNothing();
    return bob.in;
  }

  @Test
  void shouldDeliverTinyInItsSlot() {
    alice.command(Kind.TINY, bob);
    alice.out.length = 32;
    alice.out.sequence = 0xABCD;
    alice.out.ack = 0x1234;
    alice.out.matchInfo = 0x0123_4567_89AB_CDEFL;
    alice.out.detail0 = 1;
    alice.out.detail3 = -4;
    alice.send();

    Descriptor event = delivered(Kind.TINY);

    assertEquals(0xABCD, event.sequence);
    assertEquals(0x1234, event.ack);
    assertEquals(0x0123_4567_89AB_CDEFL, event.matchInfo);
    assertEquals(32, event.length);
    assertEquals(1, event.detail0);
    assertEquals(-4, event.detail3);
    assertEquals(1, alice.control.commandsConsumedAcquire());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 128})
  void shouldDeliverSmallFromItsCell(int length) {
    alice.sendSmall(bob, 7, length);

    Descriptor event = delivered(Kind.SMALL);

    assertEquals(length, event.length);
    bob.assertPayload(7, length);
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 4095, 4096, 4097, 32 * 1024})
  void shouldDeliverAMediumInOnePiece(int length) {
    alice.sendMedium(bob, 9, 3, length);

    Descriptor event = delivered(Kind.MEDIUM);

    assertEquals(length, event.length);
    assertEquals(0, event.fragmentOffset());
    assertEquals(length, event.fragmentLength());
    assertEquals(length, event.fragmentUnit());
    assertEquals(0, event.detail2, "only what the kind has");
    bob.assertPayload(9, length);
  }

  @Test
  void shouldPlacePayloadThatWouldWrapAtTheStart() {
    int sent = 0;
    for (int i = 0; i < 2000; i++) {
      int bytes = 1000 + i;
      alice.sendMedium(bob, i, i % 64, bytes);
      sent += bytes;
      world.run();
      assertTrue(bob.pollEvent());
      bob.assertPayload(i, bytes);
    }
    assertTrue(sent > 10 * WindowGeometry.DEFAULT.receiveBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {Kind.RNDV, Kind.NOTIFY})
  void shouldDeliverRendezvousWithItsWindow(int kind) {
    alice.command(kind, bob);
    alice.out.length = -1;
    alice.out.remoteWindow(63, 200);
    alice.out.detail2 = 5;
    alice.send();

    Descriptor event = delivered(kind);

    assertEquals(0xFFFF_FFFFL, event.lengthBytes());
    assertEquals(63, event.remoteWindowId());
    assertEquals(200, event.remoteWindowGeneration());
    assertEquals(0, event.detail2, "only what the kind has");
  }

  @ParameterizedTest
  @ValueSource(ints = {Kind.CONNECT_REQUEST, Kind.CONNECT_REPLY})
  void shouldDeliverConnectsWhateverTheirSession(int kind) {
    alice.command(kind, bob);
    alice.out.session = 77;
    alice.out.word(0x12345678);
    alice.out.connect(0xFEDC, 9, 11);
    alice.send();

    Descriptor event = delivered(kind);

    assertEquals(77, event.session);
    assertEquals(0x12345678, event.word());
    assertEquals(0xFEDC, event.receiveSequenceStart());
    assertEquals(9, event.connectSequence());
    assertEquals(11, event.connectStatus());
    assertFalse(event.overWire());
  }

  @Test
  void shouldNotBelieveACommandThatSaysItCameOverAWire() {
    alice.command(Kind.CONNECT_REQUEST, bob).overWire(true);
    alice.send();

    assertFalse(delivered(Kind.CONNECT_REQUEST).overWire());
  }

  @Test
  void shouldAnswerForABoardOfItsOwnWhetherAnEndpointIsOpenOrNot() {
    world.done(world.nic.closeEndpoint(bob.nicId, bob.id));
    alice.command(Kind.HOST_QUERY, bob).word(0xC00C1E);
    alice.send();
    world.run();

    assertTrue(alice.pollEvent());
    assertEquals(Kind.HOST_REPLY, alice.in.kind);
    assertEquals(bob.nicId, alice.in.nicId);
    assertEquals(0xC00C1E, alice.in.word());
    alice.assertNothing();
  }

  @Test
  void shouldDeliverWhatALibraryRefuses() {
    alice.command(Kind.NACK, bob);
    alice.out.sequence = 99;
    alice.out.nack(NackType.BAD_SESSION, Kind.RNDV);
    alice.out.detail2 = -1;
    alice.send();

    Descriptor event = delivered(Kind.NACK);

    assertEquals(99, event.sequence);
    assertEquals(NackType.BAD_SESSION, event.nackType());
    assertEquals(Kind.RNDV, event.refusedKind());
    assertEquals(0, event.session);
    assertEquals(0, event.detail2);
  }

  @Test
  void shouldDeliverAcks() {
    alice.command(Kind.ACK, bob);
    alice.out.sequence = 99;
    alice.out.word(1000);
    alice.send();

    Descriptor event = delivered(Kind.ACK);

    assertEquals(99, event.sequence);
    assertEquals(1000, event.word());
  }

  @Test
  void shouldDeliverToItself() {
    alice.sendTiny(alice, 4);
    world.run();

    assertTrue(alice.pollEvent());
    assertEquals(alice.nicId, alice.in.nicId);
    assertEquals(alice.id, alice.in.endpoint);
  }

  private void refused(int kind, int nackType) {
    alice.out.kind = kind;
    alice.out.sequence = 321;
    alice.out.length = kind == Kind.MEDIUM ? 200 : 0;
    alice.send();
    world.run();

    assertFalse(bob.events.ready());
    if (kind == Kind.ACK || kind == Kind.CONNECT_REPLY) {
      alice.assertNothing();
      return;
    }
    assertTrue(alice.pollEvent());
    assertEquals(Kind.NACK, alice.in.kind);
    assertEquals(nackType, alice.in.nackType());
    assertEquals(kind, alice.in.refusedKind());
    assertEquals(alice.out.endpoint, alice.in.endpoint);
    assertEquals(alice.out.nicId, alice.in.nicId);
    assertEquals(321, alice.in.sequence);
    alice.assertNothing();
  }

  private static final int[] SENT = {
    Kind.ACK,
    Kind.CONNECT_REQUEST,
    Kind.CONNECT_REPLY,
    Kind.TINY,
    Kind.SMALL,
    Kind.MEDIUM,
    Kind.RNDV,
    Kind.NOTIFY,
    Kind.HOST_QUERY
  };

  @Test
  void shouldRefuseAnEndpointIdOutOfRange() {
    for (int kind : SENT) {
      if (kind != Kind.HOST_QUERY) {
        alice.command(kind, bob).endpoint = 8;
        refused(kind, NackType.BAD_ENDPOINT);
      }
    }
    assertEquals(6, world.total(NicCounter.NACK_BAD_ENDPOINT));
    assertEquals(2, world.total(NicCounter.DROPPED));
  }

  @Test
  void shouldRefuseAnEndpointThatIsNotOpen() {
    world.done(world.nic.closeEndpoint(bob.nicId, bob.id));
    for (int kind : SENT) {
      if (kind != Kind.HOST_QUERY) {
        alice.command(kind, bob);
        refused(kind, NackType.ENDPOINT_CLOSED);
      }
    }
  }

  @Test
  void shouldRefuseAnotherSession() {
    for (int kind : SENT) {
      boolean sessionless =
          kind == Kind.CONNECT_REQUEST || kind == Kind.CONNECT_REPLY || kind == Kind.HOST_QUERY;
      if (!sessionless) {
        alice.command(kind, bob).session++;
        refused(kind, NackType.BAD_SESSION);
      }
    }
  }

  @Test
  void shouldRefuseAnUnknownNic() {
    for (int kind : SENT) {
      alice.command(kind, bob).nicId = kind % 2 == 0 ? -1L : 0x0200_0000_0003L;
      refused(kind, NackType.NIC_UNREACHABLE);
    }
  }

  @Test
  void shouldDropNacksThatFindNoRoom() {
    var narrow = world.open(alice.nicId, 4, WindowGeometry.SMALLEST);
    for (int i = 0; i < 36; i++) {
      narrow.command(Kind.TINY, bob).session++;
      narrow.send();
      world.run();
    }

    assertEquals(32, world.total(NicCounter.NACK_BAD_SESSION));
    assertEquals(4, world.total(NicCounter.DROPPED));
  }

  @Test
  void shouldCountByKindForTheNicAndForEachEndpoint() {
    alice.sendTiny(bob, 1);
    alice.sendSmall(bob, 2, 100);
    alice.sendMedium(bob, 3, 0, 5000);
    world.run();

    assertEquals(8 + 100 + 5000, world.total(NicCounter.BYTES));
    assertEquals(3, world.total(NicCounter.COMMANDS));
    assertEquals(3, world.total(NicCounter.MESSAGES));
    assertEquals(3, world.total(NicCounter.DELIVERIES));
    assertEquals(1, world.total(NicCounter.RECEIVED_MEDIUM));
    for (var of : world.nic.counters().endpoints()) {
      boolean sender = of.nicId() == alice.nicId;
      assertEquals(sender ? 1 : 0, of.values().of(NicCounter.SMALL));
      assertEquals(sender ? 0 : 3, of.values().of(NicCounter.DELIVERIES));
      assertEquals(sender ? 0 : 1, of.values().of(NicCounter.RECEIVED_TINY));
    }
  }

  @Test
  void shouldCountRefusalsAtWhoRefusesAndAtWhoIsRefused() {
    alice.command(Kind.TINY, bob).session++;
    alice.send();
    world.run();

    for (var of : world.nic.counters().boards()) {
      boolean sender = of.nicId() == alice.nicId;
      assertEquals(sender ? 0 : 1, of.values().of(NicCounter.NACKS_SENT));
      assertEquals(sender ? 1 : 0, of.values().of(NicCounter.RECEIVED_NACK));
    }
  }

  @Test
  void shouldForgetNoCountWhenEndpointsAndBoardsGo() {
    alice.sendTiny(bob, 1);
    world.run();
    world.done(world.nic.closeEndpoint(alice.nicId, alice.id));

    assertEquals(1, world.total(NicCounter.TINY));
    for (var of : world.nic.counters().boards()) {
      assertEquals(of.nicId() == alice.nicId ? 1 : 0, of.values().of(NicCounter.TINY));
    }
    world.done(world.nic.removeBoard(alice.nicId));
    world.done(world.nic.removeBoard(bob.nicId));
    assertEquals(1, world.total(NicCounter.TINY));
    assertEquals(1, world.total(NicCounter.RECEIVED_TINY));
    assertTrue(world.nic.counters().boards().isEmpty());
  }
}
