package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.NackType;
import io.myrixen.mx.wire.WireProfile;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WirePullTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final NicContext CONTEXT =
      new NicContext(8, 8, 16, 64, 64 * 1024, 64 * 1024, 64, 512 * 1024, 60_000, 40);
  private static final long SEED = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());

  private static PullScene scene(WireProfile profile, int hosts) {
    return new PullScene(profile, CONTEXT, SEED, hosts, 8);
  }

  @ParameterizedTest
  @EnumSource
  void shouldMoveMessagesOfEveryLength(WireProfile profile) {
    PullScene scene = scene(profile, 1);
    int unit = profile.pullReplyBytes();
    for (int length : new int[] {1, unit - 1, unit, unit + 1, 8 * unit, 600_000}) {
      for (int windowOffset : new int[] {0, 1, unit - 1, unit, 3 * unit + 17}) {
        var message = scene.fixed(scene.hosts.getFirst(), 3, length, windowOffset);
        scene.finish(SECOND_NS);
        message.assertIntact();
      }
      for (boolean announced : new boolean[] {false, true}) {
        var message = scene.staged(scene.hosts.getFirst(), 3, length, announced);
        scene.finish(SECOND_NS);
        message.assertIntact();
      }
    }
    scene.assertNoFault();
    assertEquals(0, scene.atPuller(NicCounter.PULL_BLOCKS_AGAIN), "nothing was lost");
    assertEquals(0, scene.atHost(NicCounter.PULL_SEEKS));
    assertEquals(
        scene.atHost(NicCounter.PULL_REPLIES), scene.atPuller(NicCounter.RECEIVED_PULL_REPLY));
  }

  @ParameterizedTest
  @EnumSource
  void shouldMoveMessagesThroughTheSmallestRings(WireProfile profile) {
    PullScene scene = scene(profile, 1);
    scene.ringBytes = 16 * 1024;
    scene.network.loss = 0.05;
    for (int i = 0; i < 8; i++) {
      scene.staged(scene.hosts.getFirst(), i, 200_000, i % 2 == 0);
    }
    scene.finish(10 * SECOND_NS);
    scene.messages.forEach(PullScene.Message::assertIntact);
    assertTrue(scene.atHost(NicCounter.PULL_SEEKS) > 0, "what was lost has left the ring");
    scene.assertNoFault();
  }

  /** Goal: contents survive whatever the network does. Method: seeded faults, all at once. */
  @ParameterizedTest
  @EnumSource
  void shouldMoveMessagesOverABadNetwork(WireProfile profile) {
    moveOverABadNetwork(profile, SEED);
    moveOverABadNetwork(profile, SEED + 1);
  }

  private static void moveOverABadNetwork(WireProfile profile, long seed) {
    var random = new SplittableRandom(seed);
    var scene = new PullScene(profile, CONTEXT, seed, 2, 12);
    scene.network.loss = random.nextInt(20) / 100.0;
    scene.network.duplication = random.nextInt(10) / 100.0;
    scene.network.reordering = random.nextInt(20) / 100.0;
    try {
      for (int i = 0; i < 12; i++) {
        var host = scene.hosts.get(random.nextInt(2));
        int length = random.nextInt(1, 1 << random.nextInt(10, 20));
        switch (random.nextInt(3)) {
          case 0 -> scene.fixed(host, i, length, random.nextInt(20_000));
          case 1 -> scene.staged(host, i, length, false);
          default -> scene.staged(host, i, length, true);
        }
      }
      scene.finish(60 * SECOND_NS);
      scene.messages.forEach(PullScene.Message::assertIntact);
      scene.assertNoFault();
    } catch (AssertionError e) {
      throw new AssertionError("-Dmyrixen.seed=" + seed, e);
    }
  }

  /** Bytes a second that 24 messages of 1 MiB, 8 at a time, get through. */
  private static double goodput(boolean staged, double loss) {
    PullScene scene = scene(WireProfile.MX_WIRE, 1);
    scene.network.loss = loss;
    var host = scene.hosts.getFirst();
    var free = new ArrayDeque<Integer>();
    for (int i = 0; i < 8; i++) {
      free.add(i);
    }
    var running = new ArrayDeque<PullScene.Message>();
    long beganNs = scene.network.nanoTime();
    int begun = 0;
    int done = 0;
    while (done < 24) {
      while (begun < 24 && !free.isEmpty()) {
        int id = free.remove();
        running.add(
            staged ? scene.staged(host, id, 1 << 20, false) : scene.fixed(host, id, 1 << 20, 0));
        begun++;
      }
      scene.step();
      for (var each = running.iterator(); each.hasNext(); ) {
        var message = each.next();
        if (message.done) {
          each.remove();
          free.add(message.sinkId);
          message.assertIntact();
          done++;
        }
      }
      assertTrue(scene.network.nanoTime() - beganNs < 60 * SECOND_NS, "stuck, seed=" + SEED);
    }
    scene.assertNoFault();
    double perSecond = 24.0 * (1 << 20) * SECOND_NS / (scene.network.nanoTime() - beganNs);
    return perSecond;
  }

  @Test
  void shouldKeepMostOfTheGoodputUnderLoss() {
    for (boolean staged : new boolean[] {false, true}) {
      double clean = goodput(staged, 0);
      assertTrue(clean > 1.0e9, "10 Gbit/s are 1.25 GB/s: " + clean);
      assertTrue(goodput(staged, 0.01) > 0.7 * clean);
      goodput(staged, 0.1);
    }
  }

  @Test
  void shouldNotOverrunASwitchWhoeverSends() {
    var scene = new PullScene(WireProfile.MX_WIRE, CONTEXT, SEED, 32, 1);
    for (int i = 0; i < 32; i++) {
      scene.fixed(scene.hosts.get(i), i, 1 << 18, 0);
    }
    long tookNs = scene.finish(SECOND_NS);

    double perSecond = 32.0 * (1 << 18) * SECOND_NS / tookNs;
    assertTrue(perSecond > 1.0e9, "one sender gets 1.2 GB/s through: " + perSecond);
    assertEquals(0, scene.network.overflows);
    assertTrue(scene.puller.link.peakBytes < 1 << 20);
  }

  @Test
  void shouldGiveUpAPeerThatIsSilent() {
    PullScene scene = scene(WireProfile.MX_WIRE, 1);
    scene.network.loss = 1;
    var message = scene.fixed(scene.hosts.getFirst(), 3, 100_000, 0);
    for (int i = 0; i < 100 && !message.done; i++) {
      scene.run(100_000);
      scene.network.advance(SECOND_NS);
    }
    assertTrue(message.done);
    assertEquals(NackType.NIC_UNREACHABLE, message.status);
    assertEquals(1, scene.atPuller(NicCounter.PULLS_TIMED_OUT));
  }

  @Test
  void shouldWaitForASenderThatComputes() {
    PullScene scene = scene(WireProfile.MX_WIRE, 1);
    scene.paused = true;
    var message = scene.staged(scene.hosts.getFirst(), 3, 1 << 20, false);
    for (int i = 0; i < 100; i++) {
      scene.run(200_000);
      scene.network.advance(SECOND_NS);
    }
    scene.paused = false;
    scene.finish(SECOND_NS);
    message.assertIntact();
    scene.assertNoFault();
  }
}
