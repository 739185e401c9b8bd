package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.wire.WireProfile;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchWindowTest {

  private static final long ALL = Long.MAX_VALUE;
  private static final int RUN = 8;
  private static final int FRAME = 4096;

  private final FetchWindow window = new FetchWindow();
  private long nowNs = -1000;

  private void begin(long lengthBytes) {
    window.begin(WireProfile.MX_WIRE, 0, lengthBytes, nowNs);
  }

  /** Asks for all that may be asked for; returns how many runs that were. */
  private int ask() {
    int runs = 0;
    int count = window.plan(ALL, ALL);
    while (count > 0) {
      window.requested(count, nowNs);
      runs++;
      count = window.plan(ALL, ALL);
    }
    return runs;
  }

  private void arrive(long first, int count) {
    for (long frame = first; frame < first + count; frame++) {
      assertTrue(window.awaits(frame));
      window.arrived(frame, nowNs);
    }
  }

  @Test
  void shouldAskForFourBlocksAtOnce() {
    begin(1 << 20);
    assertEquals(4, ask());
    assertEquals(32, window.onTheirWay());
    arrive(0, RUN - 1);
    assertEquals(0, ask(), "a run is asked for when there is room for all of it");
    arrive(RUN - 1, 1);
    assertEquals(1, ask());
    assertEquals(RUN * FRAME, window.prefixBytes());
  }

  @Test
  void shouldAskAgainOnceForWhatALaterRunOvertook() {
    begin(1 << 20);
    ask();
    arrive(1, RUN - 2); // Frames 0 and 7 are missing.
    arrive(RUN, RUN);
    assertEquals(2, window.plan(ALL, ALL) + planNext());
    assertEquals(0, window.prefixBytes());
    assertEquals(0, window.plan(ALL, ALL), "once, until a run asked for later has come");

    window.arrived(0, nowNs);
    window.arrived(7, nowNs);
    assertEquals(2L * RUN * FRAME, window.prefixBytes());
  }

  private int planNext() {
    assertEquals(0, window.plannedFirst());
    assertTrue(window.plannedAgain());
    window.requested(1, nowNs);
    int count = window.plan(ALL, ALL);
    assertEquals(7, window.plannedFirst());
    window.requested(count, nowNs);
    return count;
  }

  @Test
  void shouldTakeEverythingForLostAndAskForLessAfterATimeOut() {
    begin(1 << 20);
    ask();
    arrive(3, 1);
    assertTrue(window.waits());
    assertEquals(nowNs + 5, window.lateAt(5));
    window.timedOut();

    assertFalse(window.waits());
    assertEquals(1, window.timeouts());
    assertEquals(3, window.plan(ALL, ALL), "frames 0 to 2: what was not lost is not in the run");
    ask();
    assertTrue(window.onTheirWay() <= RUN);
    nowNs += 10;
    arrive(0, 3);
    assertEquals(0, window.timeouts());
  }

  @Test
  void shouldNotAskBeyondTheMemoryOrTheBudget() {
    begin(1 << 20);
    assertEquals(0, window.plan(FRAME - 1, ALL));
    assertEquals(
        3, window.plan(4 * FRAME - 1, ALL), "nothing is on its way: better three than none");
    window.requested(3, nowNs);
    assertEquals(0, window.plan(5 * FRAME, ALL));
    assertEquals(8, window.plan(11 * FRAME, ALL));
    assertEquals(0, window.plan(11 * FRAME, 7));
    assertEquals(8, window.plan(11 * FRAME, 8));
  }

  @Test
  void shouldMeasureOnlyWhatWasAskedForOnce() {
    begin(1 << 20);
    ask();
    nowNs += 77;
    window.arrived(1, nowNs);
    assertEquals(77, window.roundTripNs());
    window.arrived(2, nowNs);
    assertEquals(0, window.roundTripNs(), "one for each run");
    window.timedOut();
    ask();
    nowNs += 99;
    window.arrived(0, nowNs);
    assertEquals(0, window.roundTripNs(), "it may answer the first request");
  }

  @ParameterizedTest
  @EnumSource
  void shouldCutAMessageAsMxDoes(WireProfile profile) {
    int unit = profile.pullReplyBytes();
    for (int offset : new int[] {0, 1, unit - 1, unit, 5 * unit + 3}) {
      int skipped = offset % unit;
      for (int length : new int[] {1, unit - skipped, unit, 3 * unit - skipped, 3 * unit + 7}) {
        window.begin(profile, offset, length, nowNs);
        long position = 0;
        long frame = 0;
        while (position < length) {
          int bytes = (int) Math.min(unit - (frame == 0 ? skipped : 0), length - position);
          assertEquals(frame, window.frameOf(position, bytes, (int) frame & 0xFF));
          assertEquals(-1, window.frameOf(position, bytes + 1, (int) frame & 0xFF));
          assertEquals(-1, window.frameOf(position + 1, bytes - 1, (int) frame & 0xFF));
          assertEquals(-1, window.frameOf(position, bytes, (int) frame + 1 & 0xFF));
          assertEquals(position, window.offsetOf(frame));
          assertEquals(bytes, window.bytesOf(frame, 1));
          position += bytes;
          frame++;
        }
        assertEquals(-1, window.frameOf(position, 1, (int) frame & 0xFF));
        assertEquals(length, window.bytesOf(0, (int) frame));
      }
    }
  }

  /** Goal: it ends, and counts right, whatever is lost, repeated or late. Method: a seeded walk. */
  @ParameterizedTest
  @EnumSource
  void shouldAgreeWithAModel(WireProfile profile) {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      long length = 1 + random.nextLong(2 << 20);
      window.begin(profile, random.nextInt(1 << 16), length, nowNs);
      var onWire = new ArrayList<Long>();
      long asked = 0;
      while (!window.complete()) {
        assertTrue(asked < 1_000_000, "seed=" + seed);
        int count = window.plan(random.nextInt(4) == 0 ? window.prefixBytes() : ALL, ALL);
        if (count > 0 && random.nextInt(3) > 0) {
          for (int i = 0; i < count; i++) {
            if (random.nextInt(10) > 0) {
              onWire.add(window.plannedFirst() + i);
            }
          }
          asked += count;
          window.requested(count, nowNs);
        } else if (!onWire.isEmpty()) {
          int at = random.nextInt(Math.min(4, onWire.size()));
          long frame = random.nextInt(20) == 0 ? onWire.get(at) : onWire.remove(at);
          if (window.awaits(frame)) {
            window.arrived(frame, nowNs);
          } else {
            assertTrue(window.has(frame), "seed=" + seed);
          }
        } else if (window.waits()) {
          window.timedOut();
        }
        nowNs += random.nextInt(1000);
        assertTrue(window.onTheirWay() >= 0 && window.onTheirWay() <= 128, "seed=" + seed);
      }
      assertEquals(0, window.onTheirWay(), "seed=" + seed);
      assertEquals(length, window.prefixBytes(), "seed=" + seed);
    }
  }
}
