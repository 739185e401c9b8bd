package io.myrixen.simulation.traffic;

import java.util.random.RandomGenerator;

/** Draws message lengths: all classes, and the borders between them. */
final class Sizes {

  /** The longest that is drawn, in bytes. */
  static final int LARGEST = 1 << 20;

  private static final int TINY = 32;
  private static final int SMALL = 128;
  private static final int MEDIUM = 32_768;
  private static final int LARGE = 1 << 18;

  /** Where one class, one frame or one slot ends and the next begins. */
  private static final int[] BORDERS = {
    0, 1, 8, 31, 32, 33, 127, 128, 129, 1_432, 1_433, 4_095, 4_096, 4_097, 8_192, 32_767, 32_768,
    32_769
  };

  private Sizes() {}

  static int draw(RandomGenerator random) {
    int percent = random.nextInt(100);
    if (percent < 15) {
      return BORDERS[random.nextInt(BORDERS.length)];
    }
    if (percent < 40) {
      return random.nextInt(TINY + 1);
    }
    if (percent < 60) {
      return random.nextInt(TINY + 1, SMALL + 1);
    }
    if (percent < 89) {
      return between(random, SMALL + 1, MEDIUM);
    }
    return percent < 99 ? between(random, MEDIUM + 1, LARGE) : between(random, LARGE, LARGEST);
  }

  /** As likely between 200 and 400 as between 2,000 and 4,000. */
  private static int between(RandomGenerator random, int least, int most) {
    double drawn = least * Math.pow((double) most / least, random.nextDouble());
    return Math.clamp((long) drawn, least, most);
  }
}
