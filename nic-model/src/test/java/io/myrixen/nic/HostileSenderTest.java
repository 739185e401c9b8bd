package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.WireProfile;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** A VM that sends whatever it likes to boards of another NIC. */
class HostileSenderTest {

  private static final long MALLORYS_BOARD = 0x0200_0000_0003L;

  private final WireFixture wire = WireFixture.joined(WireProfile.OPEN_MX_1500);
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;
  private FakeEndpoint mallory = alice;

  @BeforeEach
  void open() {
    wire.left.board(MALLORYS_BOARD, 3, 1);
    wire.run();
    alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    mallory = wire.left.open(MALLORYS_BOARD, 0);
    wire.leftPort.recording = false;
    wire.rightPort.recording = false;
  }

  /**
   * Goal: what one VM writes costs its own endpoint at most, and every honest message arrives.
   * Method: a seeded walk of commands of all kinds with garbage in some fields, pulls included.
   */
  @RepeatedTest(8)
  void shouldCarryTheNeighboursTrafficWhateverIsWritten() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    try {
      for (int step = 0; step < 300; step++) {
        for (int i = random.nextInt(8); i > 0; i--) {
          garbage(random);
        }
        wire.leftPort.credit = random.nextInt(4) == 0 ? random.nextInt(3) : Integer.MAX_VALUE;
        wire.run();
        wire.leftPort.credit = Integer.MAX_VALUE;
        neighboursGoOn(step);
        reopen();
        wire.advance(random.nextInt(10_000_000));
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed=" + seed, e);
    }
  }

  private void garbage(SplittableRandom random) {
    if (mallory.commandRoom() == 0) {
      return;
    }
    int kind = random.nextInt(8) == 0 ? Kind.HOST_QUERY : random.nextInt(35, 44);
    Descriptor out = mallory.command(kind == 42 ? Kind.CONNECT_REPLY : kind, bob);
    out.sequence = random.nextInt(1 << 16);
    out.length = random.nextInt(200);
    out.detail0 = random.nextLong();
    out.detail1 = random.nextLong();
    if (out.kind == Kind.MEDIUM) {
      out.length = random.nextInt(129, 32_769);
      for (int i = 0; i < 8; i++) {
        out.sendSlot(i, random.nextInt(64));
      }
    }
    if (out.kind == Kind.PULL || out.kind == Kind.RNDV) {
      out.remoteWindow(random.nextInt(4), random.nextInt(256));
      out.localWindow(random.nextInt(4), 1);
    }
    switch (random.nextInt(12)) {
      case 0 -> out.length = random.nextInt();
      case 1 -> out.endpoint = random.nextInt(256);
      case 2 -> out.session = random.nextInt();
      case 3 -> out.kind = random.nextInt(256);
      case 4 -> out.nicId = random.nextLong();
      default -> {}
    }
    mallory.commands.write(out);
  }

  /** Whatever Mallory fills Bob's window with, Bob reads it all, and Alice's message is there. */
  private void neighboursGoOn(int step) {
    wire.run();
    while (bob.pollEvent()) {}
    while (alice.pollEvent()) {}
    alice.sendSmall(bob, step, 100);
    bob.sendTiny(alice, step);
    wire.run();
    boolean atBob = false;
    while (bob.pollEvent()) {
      if (bob.in.nicId == alice.nicId) {
        assertEquals(Kind.SMALL, bob.in.kind);
        bob.assertPayload(step, 100);
        atBob = true;
      }
    }
    assertTrue(atBob, "Alice's message " + step);
    assertTrue(alice.pollEvent());
    assertEquals(step, alice.in.sequence);
  }

  private void reopen() {
    for (String fault : wire.left.faults) {
      assertTrue(fault.startsWith(MALLORYS_BOARD + "/"), fault);
      assertTrue(!fault.contains("Exception"), fault);
    }
    assertEquals(0, wire.left.total(NicCounter.FRAMES_FAILED));
    assertEquals(0, wire.right.total(NicCounter.FRAMES_FAILED));
    wire.right.assertNoFault();
    while (mallory.pollEvent()) {}
    while (mallory.pollCompletion()) {}
    if (!wire.left.faults.isEmpty()) {
      wire.left.faults.clear();
      mallory = wire.left.open(MALLORYS_BOARD, 0);
    }
  }
}
