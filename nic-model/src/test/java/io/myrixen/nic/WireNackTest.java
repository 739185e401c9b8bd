package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers what: MX's table of refusals, pulls apart. */
class WireNackTest {

  private final WireFixture wire = WireFixture.joined(WireProfile.MX_WIRE);
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;

  @BeforeEach
  void open() {
    alice = wire.left.open(WireFixture.LEFT_BOARD, 3);
    bob = wire.right.open(WireFixture.RIGHT_BOARD, 5);
  }

  @AfterEach
  void nobodyWasClosed() {
    wire.assertNoFault();
  }

  private void send(int kind) {
    alice.out.sequence = 321;
    alice.out.length = kind == Kind.MEDIUM ? 200 : 0;
    alice.send();
    wire.run();
  }

  private void refused(int kind, int nackType) {
    send(kind);

    Frame frame = wire.last(wire.rightPort);
    assertEquals(PacketType.NACK_LIB, frame.type);
    assertEquals(alice.out.endpoint, frame.sourceEndpoint);
    assertEquals(alice.id, frame.destinationEndpoint);
    assertEquals(0, frame.peerIndex);
    assertEquals(0, frame.reverseIndex);
    assertTrue(alice.pollEvent());
    assertEquals(Kind.NACK, alice.in.kind);
    assertEquals(nackType, alice.in.nackType());
    assertEquals(0, alice.in.refusedKind());
    assertEquals(0, alice.in.session);
    assertEquals(alice.out.endpoint, alice.in.endpoint);
    assertEquals(bob.nicId, alice.in.nicId);
    assertEquals(kind == Kind.CONNECT_REQUEST ? 0 : 321, alice.in.sequence);
    alice.assertNothing();
    bob.assertNothing();
  }

  private void dropped(int kind, NicCounter counter) {
    long framesBefore = wire.rightPort.sent.size();
    long before = wire.right.total(counter);
    send(kind);

    assertEquals(before + 1, wire.right.total(counter));
    assertEquals(framesBefore, wire.rightPort.sent.size(), "an answer");
    alice.assertNothing();
    bob.assertNothing();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Kind.CONNECT_REQUEST, Kind.TINY, Kind.SMALL, Kind.MEDIUM, Kind.RNDV, Kind.NOTIFY})
  void shouldRefuseEndpointsThatAreNotThere(int kind) {
    alice.command(kind, bob).endpoint = 8;
    refused(kind, NackType.BAD_ENDPOINT);
    alice.command(kind, bob).endpoint = 7;
    refused(kind, NackType.ENDPOINT_CLOSED);
    if (kind != Kind.CONNECT_REQUEST) {
      alice.command(kind, bob).session++;
      refused(kind, NackType.BAD_SESSION);
    }
  }

  @Test
  void shouldNameNoSessionAfterAFrameThatDid() {
    bob.command(Kind.TINY, alice);
    bob.send();
    wire.run();
    assertTrue(alice.pollEvent());

    alice.command(Kind.RNDV, bob).session++;
    refused(Kind.RNDV, NackType.BAD_SESSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {Kind.CONNECT_REPLY, Kind.ACK})
  void shouldDropAnswersToEndpointsThatAreNotThere(int kind) {
    alice.command(kind, bob).endpoint = 8;
    dropped(kind, NicCounter.DROP_BAD_ENDPOINT);
    alice.command(kind, bob).endpoint = 7;
    dropped(kind, NicCounter.DROP_BAD_ENDPOINT);
  }

  @Test
  void shouldDropAnAckForAnotherOpening() {
    alice.command(Kind.ACK, bob).session++;
    dropped(Kind.ACK, NicCounter.DROP_BAD_SESSION);
  }

  @Test
  void shouldDropARefusalForAnEndpointThatIsNotThere() {
    for (int endpoint : new int[] {7, 8, 255}) {
      wire.frame.clear();
      wire.frame.type = PacketType.NACK_LIB;
      wire.frame.source = WireFixture.LEFT_BOARD;
      wire.frame.destination = WireFixture.RIGHT_BOARD;
      wire.frame.peerIndex = Frame.UNKNOWN_INDEX;
      wire.frame.destinationEndpoint = endpoint;
      wire.frame.nackType = NackType.ENDPOINT_CLOSED;
      wire.arrives(wire.rightPort);
    }

    assertEquals(3, wire.right.total(NicCounter.DROP_BAD_ENDPOINT));
    assertEquals(0, wire.sent(wire.rightPort, PacketType.NACK_LIB));
  }

  @Test
  void shouldRefuseNoMoreThanItsShare() {
    for (int i = 0; i < 100; i++) {
      alice.command(Kind.TINY, bob).session++;
      alice.send();
      wire.run();
      alice.pollEvent();
    }
    long refused = wire.sent(wire.rightPort, PacketType.NACK_LIB);
    assertTrue(refused > 50 && refused <= 64, "refused " + refused);
    assertEquals(100 - refused, wire.right.total(NicCounter.ANSWERS_WITHHELD));

    wire.advance(1_000_000);
    for (int i = 0; i < 100; i++) {
      alice.command(Kind.TINY, bob).session++;
      alice.send();
      wire.run();
      alice.pollEvent();
    }
    assertEquals(refused + 10, wire.sent(wire.rightPort, PacketType.NACK_LIB), "10 in 1 ms");
  }

  @Test
  void shouldRefuseNobodyWhileThePortIsFull() {
    wire.rightPort.credit = 0;
    alice.command(Kind.TINY, bob).session++;
    alice.send();
    wire.run();

    assertEquals(1, wire.right.total(NicCounter.ANSWERS_WITHHELD));
    alice.assertNothing();
  }

  @Test
  void shouldRefuseABoardThatIsUnknown() {
    alice.command(Kind.TINY, bob).nicId = 0x0200_0000_0F0FL;
    alice.send();
    wire.run();

    assertTrue(alice.pollEvent());
    assertEquals(NackType.NIC_UNREACHABLE, alice.in.nackType());
    assertEquals(Kind.TINY, alice.in.refusedKind());
  }
}
