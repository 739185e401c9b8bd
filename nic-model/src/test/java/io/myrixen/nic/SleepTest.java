package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SleepTest {

  private final NicFixture world = new NicFixture();
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;

  @BeforeEach
  void open() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    alice = world.open(1, 0);
    bob = world.open(2, 0);
    world.run();
  }

  @Test
  void shouldAskForNotificationsWhileItSleeps() {
    assertTrue(world.nic.prepareToSleep());
    assertTrue(alice.control.nicAsleepAfterCommand());
    assertTrue(bob.control.nicAsleepAfterCommand());
    assertEquals(Long.MAX_VALUE, world.nic.longestSleepNs());

    world.nic.awake();
    assertFalse(alice.control.nicAsleepAfterCommand());
  }

  @Test
  void shouldNotSleepOverACommand() {
    alice.sendTiny(bob, 1);
    assertFalse(world.nic.prepareToSleep());
    assertFalse(alice.control.nicAsleepAfterCommand(), "the flag is taken back");
  }

  @Test
  void shouldNotSleepOverAControlCommandAndCallTheHook() {
    int before = world.wakeUps;
    var future = world.nic.closeEndpoint(2, 0);

    assertEquals(before + 1, world.wakeUps);
    assertFalse(world.nic.prepareToSleep());
    world.done(future);
  }

  @Test
  void shouldSleepOverAParkedPullAndNotOverOneThatMayMove() {
    world.done(world.nic.addRegion(1, 0, 1, Arena.ofAuto().allocate(8192), true));
    alice.rdma(0).open(RdmaWindowEntry.SOURCE, 1, 1, 0, 4096, 4096);
    alice.rdma(1).open(RdmaWindowEntry.SINK, 1, 1, 4096, 4096, 0);
    alice.pull(alice, 4096, 0, 1, 1);
    world.run();
    assertTrue(world.nic.prepareToSleep());
    assertEquals(1_000_000, world.nic.longestSleepNs());

    alice.rdma(0).watermarkRelease(1);
    assertTrue(alice.control.nicAsleepAfterCommand());
    world.nic.awake();
    assertFalse(world.nic.prepareToSleep());
  }

  @Test
  void shouldSleepBrieflyWhileSendersWaitForARoom() {
    var narrow = world.open(2, 1, WindowGeometry.SMALLEST);
    for (int i = 0; i < 33; i++) {
      alice.sendTiny(narrow, i);
    }
    world.run();
    assertTrue(world.nic.prepareToSleep());
    assertEquals(1_000_000, world.nic.longestSleepNs());
    world.nic.awake();

    while (narrow.pollEvent()) {}
    assertFalse(world.nic.prepareToSleep());
  }

  @Test
  void shouldRaiseOnlyForVmsThatSleepAndOnceABatch() {
    for (int i = 0; i < 10; i++) {
      alice.sendTiny(bob, i);
    }
    world.run();
    assertEquals(0, bob.rung);

    bob.control.vmAsleep(true);
    alice.control.vmAsleep(true);
    for (int i = 0; i < 10; i++) {
      alice.sendTiny(bob, i);
    }
    world.run();
    assertEquals(1, bob.rung);
    assertEquals(0, alice.rung, "nothing was written for it");
    assertEquals(1, world.total(NicCounter.NOTIFICATIONS));
  }

  @Test
  void shouldWakeASenderThatSleepsOverAFullQueue() {
    for (int i = 0; i < 256; i++) {
      alice.sendTiny(bob, i);
    }
    assertEquals(0, alice.commandRoom());
    alice.control.vmAsleep(true);
    world.run();

    assertTrue(alice.rung > 0);
  }

  @Test
  void shouldCloseAnEndpointWhoseEventChannelIsGone() {
    var deaf = new FakeEndpoint(2, 1, WindowGeometry.DEFAULT);
    var config =
        new EndpointConfig(
            2,
            1,
            deaf.session,
            WindowGeometry.DEFAULT,
            deaf.window,
            () -> {
              throw new IllegalStateException("closed");
            });
    world.done(world.nic.openEndpoint(config));
    deaf.control.vmAsleep(true);
    alice.sendTiny(deaf, 1);
    alice.sendTiny(bob, 2);
    world.run();

    assertEquals("2/1 event channel", String.join(",", world.faults));
    assertTrue(bob.pollEvent());
  }
}
