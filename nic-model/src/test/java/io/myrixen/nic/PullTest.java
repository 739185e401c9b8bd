package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullTest {

  private static final int GENERATION = 42;
  private static final int OWNER_REGION = 0x80000001;
  private static final int PULLER_REGION = 7;

  private final NicFixture world = new NicFixture();
  private final MemorySegment ownerMemory = Arena.ofAuto().allocate(1 << 20, 4096);
  private final MemorySegment pullerMemory = Arena.ofAuto().allocate(1 << 20, 4096);
  private FakeEndpoint owner = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint puller = owner;

  @BeforeEach
  void open() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    owner = world.open(1, 0);
    puller = world.open(2, 1);
    world.done(world.nic.addRegion(1, 0, OWNER_REGION, ownerMemory, false));
    world.done(world.nic.addRegion(2, 1, PULLER_REGION, pullerMemory, true));
  }

  private void source(long offset, long length, int ring) {
    owner.rdma(3).open(RdmaWindowEntry.SOURCE, GENERATION, OWNER_REGION, offset, length, ring);
  }

  private void sink(long offset, long length, int ring) {
    puller.rdma(5).open(RdmaWindowEntry.SINK, GENERATION, PULLER_REGION, offset, length, ring);
  }

  private void pull(long length) {
    puller.pull(owner, length, 3, 5, GENERATION);
  }

  private void ended(int status, long bytes) {
    assertTrue(puller.pollCompletion());
    assertEquals(Kind.PULL_DONE, puller.in.kind);
    assertEquals(0xC00C1E_00L + 5, puller.in.cookie());
    assertEquals(status, puller.in.pullStatus());
    assertEquals(bytes, puller.in.lengthBytes());
    assertFalse(puller.completions.ready());
  }

  private static byte at(long position) {
    return (byte) ((position * 0x9E3779B97F4A7C15L) >>> 40);
  }

  private static void fill(MemorySegment memory, long offset, int ring, long from, long until) {
    for (long i = from; i < until; i++) {
      long at = offset + (ring == 0 ? i : i % ring);
      memory.set(ValueLayout.JAVA_BYTE, at, PullTest.at(i));
    }
  }

  private static void check(MemorySegment memory, long offset, int ring, long from, long until) {
    for (long i = from; i < until; i++) {
      long at = offset + (ring == 0 ? i : i % ring);
      assertEquals(PullTest.at(i), memory.get(ValueLayout.JAVA_BYTE, at), "byte " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 300_000})
  void shouldMoveAFixedWindow(int length) {
    fill(ownerMemory, 4321, 0, 0, length);
    source(4321, length, 0);
    sink(99, length, 0);
    pull(length);
    world.run();

    ended(0, length);
    check(pullerMemory, 99, 0, 0, length);
    assertEquals(length, owner.rdma(3).progressAcquire());
    assertEquals(length, puller.rdma(5).progressAcquire());
    owner.assertNothing();
    assertEquals(length, world.total(NicCounter.PULLED_BYTES));
    assertEquals(0, pullerMemory.get(ValueLayout.JAVA_BYTE, 98));
    assertEquals(0, pullerMemory.get(ValueLayout.JAVA_BYTE, 99L + length));
  }

  /** Goal: contents survive whatever pace the two sides keep. Method: a seeded walk. */
  @RepeatedTest(24)
  void shouldMoveSlidingWindows() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    int length = random.nextInt(1, 200_000);
    int sourceRing = random.nextBoolean() ? 0 : 1 << random.nextInt(0, 16);
    int sinkRing = random.nextBoolean() ? 0 : 1 << random.nextInt(4, 16);
    if (sourceRing != 0) {
      length = Math.min(length, sourceRing * 64);
    }
    if (sinkRing != 0) {
      length = Math.min(length, sinkRing * 64);
    }
    source(64, length, sourceRing);
    sink(128, length, sinkRing);
    fill(ownerMemory, 64, 0, 0, sourceRing == 0 ? length : 0);
    pull(length);

    long written = 0;
    long read = 0;
    while (read < length || !puller.completions.ready()) {
      if (sourceRing != 0 && written < length && random.nextInt(3) > 0) {
        long until =
            Math.min(length, owner.rdma(3).progressAcquire() + random.nextInt(sourceRing + 1));
        until = Math.max(until, written);
        fill(ownerMemory, 64, sourceRing, written, until);
        written = until;
        owner.rdma(3).watermarkRelease(written);
      }
      long progress = puller.rdma(5).progressAcquire();
      assertTrue(progress <= length);
      check(pullerMemory, 128, sinkRing, read, progress);
      read = progress;
      if (sinkRing != 0) {
        puller.rdma(5).watermarkRelease(Math.min(length, read + sinkRing));
      }
      world.nic.doWork();
      assertTrue(world.faults.isEmpty(), "seed=" + seed + " " + world.faults);
    }
    ended(0, length);
    assertEquals(length, owner.rdma(3).progressAcquire(), "seed=" + seed);
  }

  @Test
  void shouldWakeBothSidesAsSlidingWindowsMove() {
    source(0, 8192, 4096);
    sink(0, 8192, 4096);
    owner.control.vmAsleep(true);
    puller.control.vmAsleep(true);
    puller.rdma(5).watermarkRelease(4096);
    pull(8192);
    world.run();
    assertEquals(0, owner.rung + puller.rung);

    owner.rdma(3).watermarkRelease(100);
    world.run();
    assertEquals(1, owner.rung);
    assertEquals(1, puller.rung);
    assertEquals(100, owner.rdma(3).progressAcquire());
  }

  @Test
  void shouldWaitUntilAnAnnouncedWindowGetsItsRing() {
    owner.rdma(3).open(RdmaWindowEntry.ANNOUNCED, GENERATION, 0, 0, 8192, 0);
    owner.control.vmAsleep(true);
    sink(0, 8192, 0);
    pull(8192);
    world.run();
    assertTrue(owner.rdma(3).wantedAcquire());
    assertEquals(1, owner.control.wantedEpochAcquire());
    assertEquals(1, owner.rung);
    assertFalse(puller.completions.ready());

    owner.rdma(3).back(GENERATION, OWNER_REGION, 512, 4096);
    fill(ownerMemory, 512, 4096, 0, 4096);
    owner.rdma(3).watermarkRelease(4096);
    world.run();
    fill(ownerMemory, 512, 4096, 4096, 8192);
    owner.rdma(3).watermarkRelease(8192);
    world.run();
    ended(0, 8192);
    check(pullerMemory, 0, 0, 0, 8192);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSayWhoGivesUpAnAnnouncedWindow(boolean byOwner) {
    owner.rdma(3).open(RdmaWindowEntry.ANNOUNCED, GENERATION, 0, 0, 8192, 0);
    sink(0, 8192, 0);
    pull(8192);
    world.run();
    (byOwner ? owner.rdma(3) : puller.rdma(5)).close();
    world.run();
    ended(byOwner ? NackType.BAD_RDMA_WINDOW : NackType.ABORTED, 0);
  }

  @Test
  void shouldRefuseAnAnnouncedWindowThatIsBackedOutsideItsRegion() {
    owner.rdma(3).open(RdmaWindowEntry.ANNOUNCED, GENERATION, 0, 0, 8192, 0);
    sink(0, 8192, 0);
    pull(8192);
    world.run();
    owner.rdma(3).back(GENERATION, OWNER_REGION, (1 << 20) - 100, 4096);
    world.run();
    ended(NackType.BAD_RDMA_WINDOW, 0);
  }

  private void refused(int nackType) {
    world.run();
    ended(nackType, 0);
    world.assertNoFault();
    assertEquals(1, puller.control.commandsConsumedAcquire());
  }

  @Test
  void shouldRefuseWhatIsNotThere() {
    source(0, 100, 0);
    sink(0, 100, 0);
    puller.command(Kind.PULL, owner).endpoint = 9;
    puller.out.cookie(0xC00C1E_00L + 5);
    puller.send();
    refused(NackType.BAD_ENDPOINT);
  }

  @Test
  void shouldRefuseAnUnknownNic() {
    puller.command(Kind.PULL, owner).nicId = 99;
    puller.out.cookie(0xC00C1E_00L + 5);
    puller.send();
    refused(NackType.NIC_UNREACHABLE);
  }

  @Test
  void shouldRefuseAnotherSession() {
    puller.command(Kind.PULL, owner).session++;
    puller.out.cookie(0xC00C1E_00L + 5);
    puller.send();
    refused(NackType.BAD_SESSION);
  }

  /** Each row spoils one field of the owner's entry, the puller's entry, or the command. */
  @ParameterizedTest
  @CsvSource({
    "closed source, 0, 42, -2147483647, 0, 4096, 0",
    "a sink as source, 2, 42, -2147483647, 0, 4096, 0",
    "other generation, 1, 43, -2147483647, 0, 4096, 0",
    "unknown region, 1, 42, 1, 0, 4096, 0",
    "other endpoint's region, 1, 42, 7, 0, 4096, 0",
    "beyond the region, 1, 42, -2147483647, 1048570, 4096, 0",
    "negative offset, 1, 42, -2147483647, -8, 4096, 0",
    "offset that overflows, 1, 42, -2147483647, 9223372036854775807, 4096, 0",
    "shorter than the pull, 1, 42, -2147483647, 0, 4095, 0",
    "message larger than region, 1, 42, -2147483647, 0, 4294967295, 0",
    "ring no power of two, 1, 42, -2147483647, 0, 4096, 1000",
    "ring beyond the region, 1, 42, -2147483647, 1048000, 4096, 1024",
    "huge ring, 1, 42, -2147483647, 0, 4096, -2147483648",
  })
  void shouldRefuseABadWindow(
      String what, int state, int generation, int region, long offset, long length, int ring) {
    sink(0, 4096, 0);
    owner.rdma(3).open(state, generation, region, offset, length, ring);
    pull(4096);
    refused(NackType.BAD_RDMA_WINDOW);
    assertEquals(1, world.total(NicCounter.NACK_BAD_RDMA_WINDOW), what);

    // The same entry is as bad on the puller's side.
    source(0, 4096, 0);
    int own = state == 1 ? 2 : state == 2 ? 1 : 0;
    int ownRegion = region == OWNER_REGION ? PULLER_REGION : OWNER_REGION;
    puller.rdma(5).open(own, generation, ownRegion, offset, length, ring);
    pull(4096);
    world.run();
    ended(NackType.BAD_RDMA_WINDOW, 0);
    world.assertNoFault();
  }

  @Test
  void shouldRefuseToWriteWhatIsReadOnly() {
    world.done(world.nic.removeRegion(2, 1, PULLER_REGION));
    world.done(world.nic.addRegion(2, 1, PULLER_REGION, pullerMemory, false));
    source(0, 100, 0);
    sink(0, 100, 0);
    pull(100);
    refused(NackType.BAD_RDMA_WINDOW);
  }

  @Test
  void shouldRefuseASecondPullOfASlidingWindow() {
    source(0, 8192, 4096);
    sink(0, 8192, 0);
    pull(8192);
    pull(8192);
    world.run();
    ended(NackType.BAD_RDMA_WINDOW, 0);

    owner.rdma(3).watermarkRelease(4096);
    world.run();
    owner.rdma(3).watermarkRelease(8192);
    world.run();
    ended(0, 8192);
  }

  @Test
  void shouldHoldPullsBeyondTheLimitAndThenGoOn() {
    for (int i = 0; i < 4; i++) {
      owner.rdma(i).open(RdmaWindowEntry.SOURCE, 1, OWNER_REGION, 0, 4096, 4096);
      puller.pull(owner, 4096, i, 5, 1);
    }
    puller.rdma(5).open(RdmaWindowEntry.SINK, 1, PULLER_REGION, 0, 4096, 0);
    owner.rdma(4).open(RdmaWindowEntry.SOURCE, 1, OWNER_REGION, 0, 4096, 0);
    puller.pull(owner, 4096, 4, 5, 1);
    puller.sendTiny(owner, 1);
    world.run();
    assertEquals(4, puller.control.commandsConsumedAcquire());
    assertFalse(owner.events.ready());

    owner.rdma(2).watermarkRelease(4096);
    world.run();
    assertEquals(6, puller.control.commandsConsumedAcquire());
    assertTrue(owner.pollEvent());
    ended2(4096);
    ended2(4096);
    assertFalse(puller.completions.ready());
    assertEquals(2, world.total(NicCounter.PULLS_DONE));
  }

  private void ended2(long bytes) {
    assertTrue(puller.pollCompletion());
    assertEquals(0, puller.in.pullStatus());
    assertEquals(bytes, puller.in.lengthBytes());
  }

  private void beginAndMove(long bytes) {
    source(0, 1 << 16, 8192);
    sink(0, 1 << 16, 0);
    owner.rdma(3).watermarkRelease(bytes);
    pull(1 << 16);
    world.run();
    assertEquals(bytes, puller.rdma(5).progressAcquire());
  }

  @Test
  void shouldAbortWhenTheOwnerIsClosed() {
    beginAndMove(5000);
    world.done(world.nic.closeEndpoint(1, 0));
    ended(NackType.ABORTED, 5000);
    world.run();
    assertEquals(1, world.total(NicCounter.PULLS_ABORTED));

    pull(1 << 16);
    world.run();
    ended(NackType.ENDPOINT_CLOSED, 0);
  }

  @Test
  void shouldTouchNothingMoreOnceThePullerIsClosed() {
    beginAndMove(5000);
    world.done(world.nic.closeEndpoint(2, 1));
    owner.rdma(3).watermarkRelease(8192);
    world.run();

    assertEquals(5000, owner.rdma(3).progressAcquire());
    assertFalse(puller.completions.ready());
    var again = world.open(2, 1);
    again.assertNothing();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAbortWhenARegionIsRemoved(boolean ofOwner) {
    beginAndMove(5000);
    world.done(
        ofOwner
            ? world.nic.removeRegion(1, 0, OWNER_REGION)
            : world.nic.removeRegion(2, 1, PULLER_REGION));
    ended(NackType.ABORTED, 5000);
    owner.rdma(3).watermarkRelease(8192);
    world.run();
    assertEquals(5000, owner.rdma(3).progressAcquire());
    world.assertNoFault();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRefuseTheRestWhenASourceIsClosedOrOpenedAnew(boolean anew) {
    beginAndMove(5000);
    owner.rdma(3).close();
    if (anew) {
      owner.rdma(3).open(RdmaWindowEntry.SOURCE, GENERATION + 1, OWNER_REGION, 0, 100, 0);
    }
    assertFalse(world.nic.prepareToSleep());
    world.run();

    ended(NackType.BAD_RDMA_WINDOW, 5000);
    world.assertNoFault();
    assertTrue(world.nic.prepareToSleep());
  }

  @ParameterizedTest
  @ValueSource(longs = {4999, -1, 65537, 13193, Long.MAX_VALUE})
  void shouldCloseTheOwnerOfABadWatermark(long watermark) {
    beginAndMove(5000);
    owner.rdma(3).watermarkRelease(watermark);
    world.run();

    assertEquals("1/0 watermark", String.join(",", world.faults));
    ended(NackType.ABORTED, 5000);
  }

  @Test
  void shouldCloseThePullerForItsOwnWatermark() {
    source(0, 1 << 16, 0);
    sink(0, 1 << 16, 8192);
    puller.rdma(5).watermarkRelease(8193);
    pull(1 << 16);
    world.run();

    assertEquals("2/1 watermark", String.join(",", world.faults));
    owner.sendTiny(owner, 1);
    world.run();
    assertTrue(owner.pollEvent());
  }
}
