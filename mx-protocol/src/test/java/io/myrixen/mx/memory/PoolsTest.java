package io.myrixen.mx.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PoolsTest {

  @Test
  void shouldHandOutEverySendSlotOnce() {
    WindowLayout layout = new WindowLayout(WindowGeometry.DEFAULT);
    SendSlots slots = new SendSlots(layout);
    BitSet seen = new BitSet();
    for (int i = 0; i < WindowGeometry.DEFAULT.sendSlotCount(); i++) {
      int slot = slots.acquire();
      assertEquals(layout.sendSlotOffset(slot), slots.offset(slot));
      seen.set(slot);
    }
    assertEquals(WindowGeometry.DEFAULT.sendSlotCount(), seen.cardinality());
    assertEquals(-1, slots.acquire());
    assertEquals(0, slots.freeCount());

    slots.release(5);

    assertEquals(5, slots.acquire());
  }

  @Test
  void shouldRefuseToReleaseASlotTwice() {
    SendSlots slots = new SendSlots(new WindowLayout(WindowGeometry.SMALLEST));
    int slot = slots.acquire();
    slots.release(slot);

    assertThrows(IllegalStateException.class, () -> slots.release(slot));
  }

  @Test
  void shouldRetainAsManyPayloadsAsTheLimitSays() {
    RetainedPool pool = new RetainedPool(100);
    for (int i = 0; i < 100; i++) {
      assertTrue(pool.acquire() >= 0);
    }
    assertEquals(-1, pool.acquire());
    assertEquals(100, pool.usedCount());
  }

  @RepeatedTest(10)
  void shouldKeepEveryPayloadWhileThePoolGrows(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    RetainedPool pool = new RetainedPool(1000);
    long[] payloads = new long[1000];
    BitSet used = new BitSet();
    for (int step = 0; step < 5000; step++) {
      int cell = random.nextInt(5) < 3 ? pool.acquire() : -1;
      if (cell >= 0) {
        used.set(cell);
        payloads[cell] = random.nextLong();
        long offset = pool.offset(cell) + RetainedPool.CELL_BYTES - Long.BYTES;
        pool.memory().set(ValueLayout.JAVA_LONG_UNALIGNED, offset, payloads[cell]);
      } else if (!used.isEmpty()) {
        int released = used.nextSetBit(random.nextInt(used.length()));
        long offset = pool.offset(released) + RetainedPool.CELL_BYTES - Long.BYTES;
        assertEquals(
            payloads[released],
            pool.memory().get(ValueLayout.JAVA_LONG_UNALIGNED, offset),
            "seed %d, step %d".formatted(seed, step));
        used.clear(released);
        pool.release(released);
      }
      assertEquals(used.cardinality(), pool.usedCount());
    }
  }
}
