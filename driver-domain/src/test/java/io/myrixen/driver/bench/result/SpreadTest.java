package io.myrixen.driver.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class SpreadTest {

  @Test
  void shouldCutOneOfNineOffEachEnd() {
    Spread spread = Spread.of(9, 1, 8, 2, 7, 3, 6, 4, 5);
    assertEquals(5, spread.median());
    assertEquals(1, spread.min());
    assertEquals(9, spread.max());
    assertEquals(2, spread.low());
    assertEquals(8, spread.high());
    assertEquals(1 - 2 * 10 / 512.0, spread.confidence(), 1e-12);
    assertEquals(9, spread.count());
  }

  /** The ranks and confidences that tables of the sign test give. */
  @Test
  void shouldAgreeWithTheTables() {
    assertEquals(0, Spread.of(3).confidence());
    assertEquals(0.75, Spread.of(1, 2, 3).confidence());
    assertEquals(0.9688, Spread.of(1, 2, 3, 4, 5, 6).confidence(), 1e-4);
    double[] twenty = new double[20];
    Arrays.setAll(twenty, i -> i + 1);
    Spread spread = Spread.of(twenty);
    assertEquals(6, spread.low());
    assertEquals(15, spread.high());
    assertEquals(0.9586, spread.confidence(), 1e-4);
    assertEquals(10.5, spread.median());
  }

  @Test
  void shouldNeedValues() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of());
  }

  /** The true median of what is drawn lies in about as many intervals as promised, or in more. */
  @RepeatedTest(4)
  void shouldCoverTheTrueMedianAsOftenAsItSays() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    int draws = 4_000;
    int covered = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] values = random.doubles(9).map(value -> value * value * value).toArray();
      Spread spread = Spread.of(values);
      if (spread.low() <= 0.125 && 0.125 <= spread.high()) {
        covered++;
      }
    }
    // 0.961 with a standard deviation of 0.003: eight of them below.
    assertTrue(covered > 0.937 * draws, "covered=" + covered + " seed=" + seed);
  }
}
