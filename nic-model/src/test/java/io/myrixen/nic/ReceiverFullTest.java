package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowGeometry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverFullTest {

  private final NicFixture world = new NicFixture();
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint carol = alice;
  private FakeEndpoint narrow = alice;

  @BeforeEach
  void open() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    world.board(3, 3, 1);
    alice = world.open(1, 0);
    carol = world.open(3, 0);
    narrow = world.open(2, 0, WindowGeometry.SMALLEST); // 32 events, 64 KiB.
  }

  private void fill() {
    for (int i = 0; i < 32; i++) {
      alice.sendTiny(narrow, i);
    }
    world.run();
  }

  @Test
  void shouldAnswerWithTheCommandWhenThereIsNoEvent() {
    fill();
    alice.sendTiny(narrow, 32);
    world.run();

    assertTrue(alice.pollCompletion());
    assertEquals(Kind.RECEIVER_FULL, alice.in.kind);
    assertEquals(Kind.TINY, alice.in.refusedCommandKind());
    assertEquals(narrow.id, alice.in.endpoint);
    assertEquals(narrow.nicId, alice.in.nicId);
    assertEquals(32, alice.in.sequence);
    assertEquals(alice.out.detail0, alice.in.detail0);
    assertEquals(33, alice.control.commandsConsumedAcquire(), "nothing stands in the way");
    assertEquals(1, world.total(NicCounter.RECEIVER_FULL));
  }

  @Test
  void shouldAnswerWithTheCommandWhenThereAreNoBytes() {
    for (int i = 0; i < 16; i++) {
      alice.sendMedium(narrow, i, i, 4096);
    }
    world.run();
    for (int i = 0; i < 8; i++) {
      assertTrue(narrow.peekEvent());
    }
    // Eight events are free, and no byte.
    narrow.control.eventsConsumedRelease(8, 0);
    alice.sendMedium(narrow, 3, 33, 8000);
    world.run();

    assertTrue(alice.pollCompletion());
    assertEquals(Kind.MEDIUM, alice.in.refusedCommandKind());
    assertEquals(3, alice.in.sequence);
    assertEquals(33, alice.in.sendSlot(0));
    assertEquals(32, alice.in.sendSlot(1));
  }

  @Test
  void shouldFindRoomForTheLongestMediumWhereverItBegins() {
    for (int i = 0; i < 40; i++) {
      alice.sendSmall(narrow, i, 1 + i);
      world.run();
      assertTrue(narrow.pollEvent());
      alice.sendMedium(narrow, i, 7, 32 * 1024);
      world.run();

      assertTrue(narrow.pollEvent());
      assertEquals(Kind.MEDIUM, narrow.in.kind);
      narrow.assertPayload(i, 32 * 1024);
      alice.assertNothing();
    }
  }

  @Test
  void shouldMoveTheEpochOnceTheLongestMediumFits() {
    alice.sendMedium(narrow, 1, 7, 32 * 1024);
    alice.sendSmall(narrow, 2, 64);
    alice.sendMedium(narrow, 3, 15, 32 * 1024);
    world.run();
    assertTrue(alice.pollCompletion());
    assertTrue(narrow.pollEvent());
    world.run();
    assertEquals(0, alice.control.creditEpochAcquire(), "it would be refused again");

    assertTrue(narrow.pollEvent());
    world.run();
    assertEquals(1, alice.control.creditEpochAcquire());
    alice.sendMedium(narrow, 3, 15, 32 * 1024);
    world.run();
    assertTrue(narrow.pollEvent());
    narrow.assertPayload(3, 32 * 1024);
  }

  @Test
  void shouldNotHoldUpOtherTraffic() {
    fill();
    alice.sendTiny(narrow, 32);
    alice.sendTiny(carol, 17);
    world.run();

    assertTrue(carol.pollEvent());
    assertEquals(17, carol.in.sequence);
  }

  @Test
  void shouldMoveTheEpochOfAllWhoWaitOnceAQuarterIsFree() {
    fill();
    alice.sendTiny(narrow, 32);
    carol.sendTiny(narrow, 1);
    world.run();
    assertTrue(alice.pollCompletion());
    long refusedAt = alice.in.refusedEpoch();
    assertEquals(refusedAt, alice.control.creditEpochAcquire());

    for (int i = 0; i < 7; i++) {
      assertTrue(narrow.pollEvent());
    }
    world.run();
    assertEquals(refusedAt, alice.control.creditEpochAcquire(), "less than a quarter");

    assertTrue(narrow.pollEvent());
    world.run();
    assertNotEquals(refusedAt, alice.control.creditEpochAcquire());
    assertEquals(1, carol.control.creditEpochAcquire());

    assertTrue(narrow.pollEvent());
    world.run();
    assertEquals(1, carol.control.creditEpochAcquire(), "told once for each refusal");
  }

  @Test
  void shouldWakeASleeperWhoseReceiverHasRoomAgain() {
    fill();
    alice.sendTiny(narrow, 32);
    world.run();
    alice.control.vmAsleep(true);
    world.run();
    int before = alice.rung;
    while (narrow.pollEvent()) {}
    world.run();

    assertEquals(before + 1, alice.rung);
  }

  @Test
  void shouldReleaseWhoWaitsForAnEndpointThatIsClosed() {
    fill();
    alice.sendTiny(narrow, 32);
    world.run();
    world.done(world.nic.closeEndpoint(narrow.nicId, narrow.id));

    assertEquals(1, alice.control.creditEpochAcquire());
  }

  @Test
  void shouldTakeNoMoreCommandsThanCompletionsHaveRoomFor() {
    var eager = world.open(1, 1, WindowGeometry.SMALLEST);
    fill();
    int sent = 0;
    for (int i = 0; i < 200; i++) {
      if (eager.commandRoom() > 0) {
        eager.sendTiny(narrow, i);
        sent++;
      }
      world.run();
    }
    assertEquals(32 + 16, sent, "a full completion queue and a full send queue");
    world.assertNoFault();

    while (eager.pollCompletion()) {}
    world.run();
    assertEquals(48, eager.control.commandsConsumedAcquire());
  }
}
