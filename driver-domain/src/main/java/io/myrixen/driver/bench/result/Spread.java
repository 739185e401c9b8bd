package io.myrixen.driver.bench.result;

import java.util.Arrays;

/**
 * Values of several rounds, and how sure their median is. The interval runs from one value to
 * another, as far inside as a confidence of 95 % allows; what lies under the values does not matter
 * (order statistics: the number of values below the true median is binomial).
 *
 * @param median of all values
 * @param min the least of them
 * @param max the greatest of them
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param confidence that the true median lies in the interval: at least 0.95, or, with fewer than
 *     six values, what can be had
 * @param count of values
 */
public record Spread(
    double median, double min, double max, double low, double high, double confidence, int count) {

  private static final double WANTED_CONFIDENCE = 0.95;

  /**
   * Returns the spread of {@code values}, in any order.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(double... values) {
    int count = values.length;
    if (count == 0) {
      throw new IllegalArgumentException("a spread needs values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = 0;
    double confidence = confidence(count, 0);
    while (cut + 1 < (count + 1) / 2 && confidence(count, cut + 1) >= WANTED_CONFIDENCE) {
      cut++;
      confidence = confidence(count, cut);
    }
    return new Spread(
        (sorted[(count - 1) / 2] + sorted[count / 2]) / 2,
        sorted[0],
        sorted[count - 1],
        sorted[cut],
        sorted[count - 1 - cut],
        confidence,
        count);
  }

  /** The chance that the true median lies inside when {@code cut} values are cut off each end. */
  private static double confidence(int count, int cut) {
    double term = Math.pow(0.5, count);
    double tail = 0;
    for (int below = 0; below <= cut; below++) {
      tail += term;
      term = term * (count - below) / (below + 1);
    }
    return 1 - 2 * tail;
  }
}
