package io.myrixen.mx.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StagedCopyTest {

  private static final int RING_BYTES = 16 << 10;

  private final WindowLayout layout = new WindowLayout(WindowGeometry.SMALLEST);
  private final MemorySegment window = Arena.ofAuto().allocate(layout.lengthBytes(), 4096);
  private final RdmaWindows windows = new RdmaWindows(window, layout);
  private final MemorySegment region = Arena.ofAuto().allocate(4 * RING_BYTES, 4096);
  private final SegmentList sourceSegments = new SegmentList();
  private final SegmentList sinkSegments = new SegmentList();
  private final StagedSource source = new StagedSource(sourceSegments);
  private final StagedSink sink = new StagedSink(sinkSegments);
  private final RdmaWindowEntry sourceEntry = open(RdmaWindowEntry.SOURCE, RING_BYTES);
  private final RdmaWindowEntry sinkEntry = open(RdmaWindowEntry.SINK, 2 * RING_BYTES);

  private RdmaWindowEntry open(int state, long offset) {
    return windows.entry(windows.openSliding(state, 1, offset, RING_BYTES, 0));
  }

  /** The NIC's part: moves up to {@code limit} bytes of what both watermarks allow. */
  private long move(long moved, long limit) {
    long end =
        Math.min(
            moved + limit, Math.min(sourceEntry.watermarkAcquire(), sinkEntry.watermarkAcquire()));
    for (long at = moved; at < end; at++) {
      byte value = region.get(ValueLayout.JAVA_BYTE, RING_BYTES + at % RING_BYTES);
      region.set(ValueLayout.JAVA_BYTE, 2 * RING_BYTES + at % RING_BYTES, value);
    }
    sourceEntry.progressRelease(end);
    sinkEntry.progressRelease(end);
    return end;
  }

  @RepeatedTest(40)
  void shouldCarryAMessageWhateverTheTurns(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    byte[] message = new byte[random.nextInt(random.nextBoolean() ? 5000 : 200_000)];
    random.nextBytes(message);
    int split = random.nextInt(message.length + 1);
    byte[] received = new byte[random.nextInt(message.length + 1)];
    sourceSegments.set(
        List.of(
            MemorySegment.ofArray(message).asSlice(0, split),
            MemorySegment.ofArray(message).asSlice(split)),
        false);
    sinkSegments.set(MemorySegment.ofArray(received), true);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, message.length);
    sink.start(sinkEntry, region, 2 * RING_BYTES, RING_BYTES, received.length);

    long moved = 0;
    int turns = 0;
    while (!sink.done()) {
      switch (random.nextInt(3)) {
        case 0 -> assertTrue(source.doWork() <= RING_BYTES / 4);
        case 1 -> assertTrue(sink.doWork() <= RING_BYTES / 4);
        default -> moved = move(moved, random.nextInt(RING_BYTES));
      }
      assertTrue(sourceEntry.watermarkAcquire() <= moved + RING_BYTES, "seed " + seed);
      assertTrue(sinkEntry.watermarkAcquire() <= sink.copiedBytes() + RING_BYTES, "seed " + seed);
      assertTrue(turns++ < 10_000, "stuck, seed " + seed);
    }

    assertTrue(
        Arrays.equals(received, 0, received.length, message, 0, received.length), "seed " + seed);
    assertEquals(received.length, moved);
  }

  @Test
  void shouldFillTheRingAndThenWaitForTheNic() {
    sourceSegments.set(MemorySegment.ofArray(new byte[RING_BYTES + 100]), false);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, RING_BYTES + 100);
    for (int i = 1; i <= 4; i++) {
      assertEquals(RING_BYTES / 4, source.doWork());
      assertEquals(i * RING_BYTES / 4, sourceEntry.watermarkAcquire());
    }
    assertEquals(0, source.doWork());
    assertFalse(source.done());

    sourceEntry.progressRelease(100);

    assertEquals(100, source.doWork());
    assertTrue(source.done());
    assertEquals(0, source.doWork());
  }

  /** Goal: whatever the NIC asks for again is there when the source says so, byte for byte. */
  @RepeatedTest(20)
  void shouldFollowEverySeek(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    byte[] message = new byte[RING_BYTES + random.nextInt(5 * RING_BYTES)];
    random.nextBytes(message);
    sourceSegments.set(MemorySegment.ofArray(message), false);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, message.length);

    for (int epoch = 1; epoch <= 50; epoch++) {
      long position = random.nextLong(message.length);
      sourceEntry.progressRelease(position);
      sourceEntry.seekRelease(epoch, position);
      assertTrue(source.sought());
      assertFalse(source.sought(), "a seek is followed once");
      long until = position + random.nextLong(message.length - position) + 1;
      long at = position;
      while (at < until) {
        source.doWork();
        long claimed = sourceEntry.watermarkAcquire();
        assertEquals(epoch, RdmaWindowEntry.epochOf(claimed));
        long watermark = RdmaWindowEntry.watermarkOf(claimed);
        assertTrue(watermark <= at + RING_BYTES, "seed " + seed);
        for (; at < Math.min(watermark, until); at++) {
          byte value = region.get(ValueLayout.JAVA_BYTE, RING_BYTES + at % RING_BYTES);
          assertEquals(message[(int) at], value, "seed " + seed);
        }
        sourceEntry.progressRelease(at);
      }
    }
  }

  @Test
  void shouldNotFollowASeekBeyondTheMessage() {
    sourceSegments.set(MemorySegment.ofArray(new byte[RING_BYTES]), false);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, RING_BYTES);
    for (long position : new long[] {RING_BYTES + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      sourceEntry.seekRelease(sourceEntry.seekEpochAcquire() + 1, position);
      assertTrue(source.sought());
      while (source.doWork() > 0) {
        assertTrue(RdmaWindowEntry.watermarkOf(sourceEntry.watermarkAcquire()) <= RING_BYTES);
      }
    }
  }

  @Test
  void shouldNotBelieveProgressBeyondTheWatermark() {
    sourceSegments.set(MemorySegment.ofArray(new byte[2 * RING_BYTES]), false);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, 2 * RING_BYTES);
    sinkSegments.set(MemorySegment.ofArray(new byte[2 * RING_BYTES]), true);
    sink.start(sinkEntry, region, 2 * RING_BYTES, RING_BYTES, 2 * RING_BYTES);
    for (int i = 0; i < 4; i++) {
      source.doWork();
    }
    for (long claimed : new long[] {RING_BYTES + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      sourceEntry.progressRelease(claimed);
      sinkEntry.progressRelease(claimed);
      assertEquals(0, source.doWork());
      assertEquals(0, sink.doWork());
    }
    sinkEntry.progressRelease(RING_BYTES);
    assertEquals(RING_BYTES / 4, sink.doWork());
  }

  @Test
  void shouldSayThatTheUsersMemoryIsGone() {
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(100);
    sourceSegments.set(memory, false);
    sinkSegments.set(memory, true);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, 100);
    sink.start(sinkEntry, region, 2 * RING_BYTES, RING_BYTES, 100);
    sinkEntry.progressRelease(100);
    arena.close();

    assertThrows(BadSegmentException.class, source::doWork);
    assertThrows(BadSegmentException.class, sink::doWork);
    assertEquals(0, sourceEntry.watermarkAcquire());
  }

  @Test
  void shouldDoNothingOnceStopped() {
    sourceSegments.set(MemorySegment.ofArray(new byte[RING_BYTES]), false);
    sinkSegments.set(MemorySegment.ofArray(new byte[RING_BYTES]), true);
    source.start(sourceEntry, region, RING_BYTES, RING_BYTES, RING_BYTES);
    sink.start(sinkEntry, region, 2 * RING_BYTES, RING_BYTES, RING_BYTES);
    sinkEntry.progressRelease(RING_BYTES);

    source.stop();
    sink.stop();

    assertEquals(0, source.doWork());
    assertEquals(0, sink.doWork());
    assertEquals(0, sink.copiedBytes());
  }
}
