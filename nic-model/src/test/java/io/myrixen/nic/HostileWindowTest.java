package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One VM writes what it must not; two others go on as if it were not there. */
class HostileWindowTest {

  private static final int REGION = 1;
  private static final int REGION_BYTES = 1 << 16;
  private static final int MALLORY = 3;

  /** So few that a byte can name one too many. */
  private static final WindowGeometry FEW_RDMA_WINDOWS = new WindowGeometry(8, 9, 9, 6, 6, 18);

  private final NicFixture world = new NicFixture();
  private final MemorySegment aliceMemory = Arena.ofAuto().allocate(REGION_BYTES);
  private final MemorySegment bobMemory = Arena.ofAuto().allocate(REGION_BYTES);
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;
  private FakeEndpoint mallory = alice;
  private int sequence;

  @BeforeEach
  void open() {
    for (int i = 1; i <= 3; i++) {
      world.board(i, i, 1);
    }
    alice = world.open(1, 0);
    bob = world.open(2, 0);
    world.done(world.nic.addRegion(1, 0, REGION, aliceMemory, true));
    world.done(world.nic.addRegion(2, 0, REGION, bobMemory, true));
    for (int i = 0; i < REGION_BYTES; i++) {
      bobMemory.set(ValueLayout.JAVA_BYTE, i, FakeEndpoint.pattern(0, i));
    }
    bob.rdma(0).open(RdmaWindowEntry.SOURCE, 1, REGION, 0, REGION_BYTES, 0);
    alice.rdma(0).open(RdmaWindowEntry.SINK, 1, REGION, 0, REGION_BYTES, 0);
    openMallory();
  }

  private void openMallory() {
    mallory = world.open(MALLORY, 0, FEW_RDMA_WINDOWS);
    world.done(
        world.nic.addRegion(MALLORY, 0, REGION, Arena.ofAuto().allocate(REGION_BYTES), true));
    mallory.rdma(0).open(RdmaWindowEntry.SINK, 1, REGION, 0, 8192, 4096);
    mallory.rdma(1).open(RdmaWindowEntry.SOURCE, 1, REGION, 8192, 8192, 4096);
  }

  /** Alice sends to Bob and pulls from him; both survive, contents and order intact. */
  private void neighboursGoOn() {
    alice.sendSmall(bob, ++sequence & 0xFFFF, 100);
    int answers = 0;
    boolean arrived = false;
    while (!arrived) {
      world.run();
      while (bob.pollEvent()) {
        if (bob.in.nicId == alice.nicId) {
          assertEquals(sequence & 0xFFFF, bob.in.sequence);
          bob.assertPayload(sequence & 0xFFFF, 100);
          arrived = true;
        }
      }
      if (alice.pollCompletion()) {
        assertEquals(Kind.RECEIVER_FULL, alice.in.kind);
        alice.sendSmall(bob, sequence & 0xFFFF, 100);
      }
      assertTrue(answers++ < 10);
    }
    if (sequence % 16 == 0) {
      aliceMemory.fill((byte) 0);
      alice.pull(bob, REGION_BYTES, 0, 0, 1);
      world.run();
      assertTrue(alice.pollCompletion());
      assertEquals(Kind.PULL_DONE, alice.in.kind);
      assertEquals(0, alice.in.pullStatus());
      assertEquals(-1, aliceMemory.mismatch(bobMemory));
    }
    while (alice.pollEvent()) {} // Whatever Mallory sent.
  }

  private void onlyMalloryWasClosed() {
    for (String fault : world.faults) {
      assertTrue(fault.startsWith(MALLORY + "/"), fault);
      assertFalse(fault.contains("Exception"), fault);
    }
  }

  private static Arguments spoils(String what, Consumer<FakeEndpoint> how) {
    return Arguments.of(what, how);
  }

  private static Arguments command(String what, int kind, Consumer<Descriptor> how) {
    return spoils(
        what,
        mallory -> {
          how.accept(mallory.command(kind, mallory));
          mallory.send();
        });
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        command("command kind", 0, _ -> {}),
        command("nack type", Kind.NACK, _ -> {}),
        command("nack type", Kind.NACK, d -> d.nack(NackType.ENDPOINT_CLOSED, Kind.TINY)),
        command("nack type", Kind.NACK, d -> d.nack(NackType.NIC_UNREACHABLE, Kind.TINY)),
        command("command kind", Kind.PULL_DONE, _ -> {}),
        command("command kind", 255, _ -> {}),
        command("tiny length", Kind.TINY, d -> d.length = 33),
        command("tiny length", Kind.TINY, d -> d.length = -1),
        command("small length", Kind.SMALL, d -> d.length = 129),
        command("small length", Kind.SMALL, d -> d.length = Integer.MIN_VALUE),
        command("medium length", Kind.MEDIUM, d -> medium(d, 128, 0)),
        command("medium length", Kind.MEDIUM, d -> medium(d, 32769, 0)),
        command("medium length", Kind.MEDIUM, d -> medium(d, -1, 0)),
        command("send slot", Kind.MEDIUM, d -> medium(d, 4096, 64)),
        command("send slot", Kind.MEDIUM, d -> medium(d, 4096, -1)),
        command("send slot", Kind.MEDIUM, d -> medium(d, 4097, 0, 64)),
        command("send slot", Kind.MEDIUM, d -> medium(d, 28673, 0, 1, 2, 3, 4, 5, 6, 0x8000)),
        command("command kind", Kind.HOST_REPLY, _ -> {}),
        command("rdma window", Kind.RNDV, d -> d.remoteWindow(64, 0)),
        command("rdma window", Kind.PULL, d -> d.localWindow(255, 0)));
  }

  private static void medium(Descriptor command, int length, int... slots) {
    command.length = length;
    for (int i = 0; i < slots.length; i++) {
      command.sendSlot(i, slots[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldCloseOnlyTheEndpointOfABadCommand(String what, Consumer<FakeEndpoint> how) {
    how.accept(mallory);
    world.run();

    assertEquals("3/0 " + what, String.join(",", world.faults));
    assertEquals(1, world.total(NicCounter.FAULTS));
    neighboursGoOn();
  }

  @Test
  void shouldCloseAReceiverThatClaimsToHaveConsumedWhatWasNotSent() {
    for (long claim : new long[] {-1, 600, Long.MAX_VALUE, Long.MIN_VALUE}) {
      world.faults.clear();
      for (int i = 0; i < 512; i++) {
        alice.sendTiny(mallory, i);
        world.run();
      }
      mallory.control.eventsConsumedRelease(claim, 0);
      alice.sendTiny(mallory, 512); // Only now must room be judged.
      world.run();

      assertEquals("3/0 events consumed", String.join(",", world.faults));
      neighboursGoOn();
      openMallory();
    }
  }

  @Test
  void shouldCloseAReceiverThatClaimsBytesOrCompletionsItNeverGot() {
    for (int i = 0; i < 512; i++) {
      alice.sendTiny(mallory, i);
      world.run();
    }
    mallory.control.eventsConsumedRelease(512, 64);
    alice.sendTiny(mallory, 1);
    world.run();
    assertEquals("3/0 receive bytes consumed", String.join(",", world.faults));
    neighboursGoOn();

    world.faults.clear();
    openMallory();
    mallory.control.completionsConsumedRelease(600);
    for (int i = 0; i < 513; i++) {
      mallory.pull(bob, 0, 99, 0, 1);
      world.run();
    }
    assertEquals("3/0 completions consumed", String.join(",", world.faults));
    neighboursGoOn();
  }

  /** Goal: nothing a VM writes harms another. Method: a seeded walk of everything it can write. */
  @RepeatedTest(12)
  void shouldKeepTheNeighboursTrafficIntactWhateverIsWritten() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    try {
      for (int step = 0; step < 400; step++) {
        scribble(random);
        neighboursGoOn();
        onlyMalloryWasClosed();
        if (world.nic.counters().endpoints().size() < 3) {
          openMallory();
        }
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed=" + seed, e);
    }
    assertTrue(!world.faults.isEmpty(), "seed=" + seed);
  }

  private void scribble(SplittableRandom random) {
    switch (random.nextInt(8)) {
      case 0 -> control(random);
      case 1 -> bytes(random, 0, 4096);
      case 2 -> bytes(random, mallory.layout.rdmaWindowOffset(0), 8192);
      case 3 -> bytes(random, mallory.layout.commandsOffset(), 16384);
      default -> {
        for (int i = random.nextInt(8); i > 0; i--) {
          garbage(random);
        }
      }
    }
  }

  private void control(SplittableRandom random) {
    long near = random.nextInt(-2, 600);
    mallory.control.eventsConsumedRelease(near, random.nextInt(-2, 1 << 18));
    mallory.control.completionsConsumedRelease(random.nextInt(-2, 600));
    mallory.rdma(random.nextInt(2)).watermarkRelease(random.nextInt(-1, 9000));
  }

  private void bytes(SplittableRandom random, long offset, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    MemorySegment.copy(bytes, 0, mallory.window, ValueLayout.JAVA_BYTE, offset, count);
  }

  /** A command that is wrong in a few places, or in none, or everywhere. */
  private void garbage(SplittableRandom random) {
    FakeEndpoint to =
        switch (random.nextInt(3)) {
          case 0 -> alice;
          case 1 -> bob;
          default -> mallory;
        };
    Descriptor out = mallory.command(random.nextInt(10) == 0 ? 3 : random.nextInt(35, 45), to);
    out.length = random.nextInt(200);
    out.detail0 = random.nextLong();
    out.detail1 = random.nextBoolean() ? random.nextLong() : 0;
    if (random.nextInt(4) > 0) {
      out.remoteWindow(random.nextInt(3), 1);
      out.localWindow(random.nextInt(2), 1);
    }
    if (out.kind == Kind.MEDIUM && random.nextBoolean()) {
      int[] slots = random.ints(8, 0, 64).toArray();
      medium(out, random.nextInt(129, 32769), slots);
    }
    if (random.nextInt(8) == 0) {
      out.kind = random.nextInt(256);
    }
    if (random.nextInt(8) == 0) {
      out.length = random.nextInt();
    }
    if (random.nextInt(8) == 0) {
      out.endpoint = random.nextInt(256);
    }
    if (random.nextInt(8) == 0) {
      out.nicId = random.nextLong();
    }
    mallory.commands.write(out);
  }
}
