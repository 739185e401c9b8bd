package io.myrixen.mx.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SlabTest {

  private static final int UNITS = 64;

  private final MemoryPort port = new MemoryPort(1 << 20);
  private final Slab slab = new Slab(port.await(port.register(UNITS * Slab.ALIGNMENT_BYTES)));

  private record Piece(int unit, int count) {}

  @RepeatedTest(30)
  void shouldTakeTheFirstGapThatIsLargeEnough(RepetitionInfo repetition) {
    long seed = Long.getLong("myrixen.test.seed", repetition.getCurrentRepetition());
    SplittableRandom random = new SplittableRandom(seed);
    BitSet used = new BitSet();
    List<Piece> held = new ArrayList<>();
    for (int step = 0; step < 2000; step++) {
      String where = "seed %d, step %d".formatted(seed, step);
      if (random.nextBoolean()) {
        int count = random.nextInt(1, 12);
        int unit = firstGap(used, count);
        long offset = slab.take((long) count * Slab.ALIGNMENT_BYTES);
        assertEquals(unit < 0 ? -1 : (long) unit * Slab.ALIGNMENT_BYTES, offset, where);
        if (unit >= 0) {
          used.set(unit, unit + count);
          held.add(new Piece(unit, count));
        }
      } else if (!held.isEmpty()) {
        Piece piece = held.remove(random.nextInt(held.size()));
        used.clear(piece.unit, piece.unit + piece.count);
        slab.give(
            (long) piece.unit * Slab.ALIGNMENT_BYTES, (long) piece.count * Slab.ALIGNMENT_BYTES);
      }
      assertEquals(used.isEmpty(), slab.unused(), where);
    }
    for (Piece piece : held) {
      slab.give(
          (long) piece.unit * Slab.ALIGNMENT_BYTES, (long) piece.count * Slab.ALIGNMENT_BYTES);
    }
    assertTrue(slab.unused());
    assertEquals(0, slab.take(slab.lengthBytes), "one piece again");
    assertFalse(slab.unused());
  }

  private static int firstGap(BitSet used, int count) {
    int unit = used.nextClearBit(0);
    while (unit + count <= UNITS) {
      int next = used.nextSetBit(unit);
      if (next < 0 || next - unit >= count) {
        return unit;
      }
      unit = used.nextClearBit(next);
    }
    return -1;
  }
}
