package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.WireProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A port without room holds commands and drops none; shares hold on the wire as they do inside. */
class PortPressureTest {

  private static final long CAROLS_BOARD = 0x0200_0000_0002L;

  private final WireFixture wire = WireFixture.joined(WireProfile.MX_WIRE);
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint carol = alice;
  private FakeEndpoint bob = alice;

  @BeforeEach
  void open() {
    wire.left.board(CAROLS_BOARD, 3, 2);
    wire.run();
    alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    carol = wire.left.open(CAROLS_BOARD, 0);
    bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    wire.leftPort.credit = 0;
  }

  @AfterEach
  void nobodyWasClosed() {
    wire.assertNoFault();
  }

  @Test
  void shouldHoldEveryKindOfCommandUntilThereIsRoom() {
    int[] kinds = {
      Kind.TINY,
      Kind.SMALL,
      Kind.RNDV,
      Kind.NOTIFY,
      Kind.ACK,
      Kind.CONNECT_REQUEST,
      Kind.CONNECT_REPLY,
      Kind.HOST_QUERY
    };
    for (int kind : kinds) {
      alice.command(kind, bob);
      alice.send();
    }
    wire.run();
    assertEquals(0, alice.control.commandsConsumedAcquire());
    assertEquals(0, wire.left.total(NicCounter.COMMANDS));

    for (int i = 0; i < kinds.length; i++) {
      wire.leftPort.credit = 1;
      wire.run();
      assertEquals(i + 1, alice.control.commandsConsumedAcquire());
      if (kinds[i] == Kind.HOST_QUERY) {
        assertTrue(alice.pollEvent());
        assertEquals(Kind.HOST_REPLY, alice.in.kind);
      } else {
        assertTrue(bob.pollEvent());
        assertEquals(kinds[i], bob.in.kind);
      }
    }
    assertEquals(kinds.length, wire.left.total(NicCounter.COMMANDS));
  }

  @Test
  void shouldGoOnWithTheFragmentAtWhichItStopped() {
    int[] lengths = {32 * 1024, 8_193, 4_097};
    for (int i = 0; i < lengths.length; i++) {
      alice.sendMedium(bob, i, 20 * (i + 1), lengths[i]);
    }
    int events = 0;
    for (int i = 0; i < lengths.length; i++) {
      for (int at = 0; at < lengths[i]; at += 4096) {
        assertEquals(i, alice.control.commandsConsumedAcquire());
        wire.leftPort.credit = 1;
        wire.run();
        assertTrue(bob.pollEvent());
        assertEquals(at, bob.in.fragmentOffset());
        assertEquals(lengths[i], bob.in.length);
        bob.assertPayload(i, at, bob.in.fragmentLength());
        bob.assertNothing();
        events++;
      }
    }
    assertEquals(8 + 3 + 2, events);
    assertEquals(3, alice.control.commandsConsumedAcquire());
    assertEquals(3, wire.left.total(NicCounter.MESSAGES));
    assertEquals(32 * 1024 + 8_193 + 4_097, wire.left.total(NicCounter.BYTES));
  }

  @Test
  void shouldLetLocalTrafficPass() {
    alice.sendTiny(bob, 1);
    carol.sendTiny(alice, 2);
    FakeEndpoint other = wire.left.open(WireFixture.LEFT_BOARD, 1);
    other.sendTiny(carol, 3);
    wire.run();

    assertTrue(alice.pollEvent());
    assertTrue(carol.pollEvent());
  }

  @Test
  void shouldShareThePortByWeightWhateverRoomItHas() {
    for (int i = 0; i < 8; i++) {
      alice.sendMedium(bob, i, 8 * i + 7, 32 * 1024);
      carol.sendMedium(bob, i, 8 * i + 7, 32 * 1024);
    }
    int[] fragments = new int[2];
    for (int i = 0; i < 90; i++) {
      wire.leftPort.credit = 1;
      wire.run();
      assertTrue(bob.pollEvent());
      fragments[bob.in.nicId == alice.nicId ? 0 : 1]++;
    }
    assertTrue(Math.abs(2 * fragments[0] - fragments[1]) <= 16, fragments[0] + "/" + fragments[1]);
  }

  @Test
  void shouldRefuseWhatWasHeldForAPeerThatIsGone() {
    alice.sendMedium(bob, 1, 7, 32 * 1024);
    wire.leftPort.credit = 1;
    wire.run();
    wire.left.done(wire.left.nic.detachPort());
    wire.run();

    assertTrue(alice.pollEvent());
    assertEquals(NackType.NIC_UNREACHABLE, alice.in.nackType());
    assertEquals(1, alice.control.commandsConsumedAcquire());
  }

  @Test
  void shouldBeginAgainOnAWireThatCutsOtherwise() {
    alice.sendMedium(bob, 1, 7, 32 * 1024);
    wire.leftPort.credit = 1;
    wire.run();
    assertTrue(bob.pollEvent());
    var far = new MemoryPort();
    var near = new MemoryPort();
    near.join(far);
    wire.right.done(wire.right.nic.detachPort());
    wire.right.done(wire.right.nic.attachPort(far, WireProfile.OPEN_MX_9000));
    wire.right.done(wire.right.nic.addPeer(WireFixture.LEFT_BOARD, "alice:0"));
    var detached = wire.left.nic.detachPort(); // All in one cycle: the command is held meanwhile.
    var attached = wire.left.nic.attachPort(near, WireProfile.OPEN_MX_9000);
    wire.left.done(wire.left.nic.addPeer(WireFixture.RIGHT_BOARD, "bob:0"));
    assertTrue(detached.isDone() && attached.isDone());
    wire.run();
    for (int at = 0; at < 32 * 1024; at += 8192) {
      assertTrue(bob.pollEvent());
      assertEquals(at, bob.in.fragmentOffset());
      bob.assertPayload(1, at, 8192);
    }
  }

  @Test
  void shouldLookAtAFullPortAgainInAMillisecond() {
    alice.sendTiny(bob, 1);
    wire.run();
    assertTrue(wire.left.nic.prepareToSleep());
    assertEquals(1_000_000, wire.left.nic.longestSleepNs());
    wire.left.nic.awake();
    wire.leftPort.credit = 1;
    assertFalse(wire.left.nic.prepareToSleep());
  }

  @Test
  void shouldSleepUntilItsTimersAndNoFrameIsThere() {
    wire.leftPort.credit = Integer.MAX_VALUE;
    wire.advance(WireFixture.SECOND_NS / 4);
    assertTrue(wire.left.nic.prepareToSleep());
    long sleepNs = wire.left.nic.longestSleepNs();
    long restNs = 3 * WireFixture.SECOND_NS / 4;
    assertTrue(sleepNs >= restNs && sleepNs < WireFixture.SECOND_NS, "next discovery: " + sleepNs);
    wire.left.nic.awake();

    alice.control.vmAsleep(true);
    bob.sendTiny(alice, 1);
    wire.right.nic.doWork();
    assertFalse(wire.left.nic.prepareToSleep());
    assertEquals(1, alice.rung);
    assertTrue(alice.pollEvent());
  }
}
