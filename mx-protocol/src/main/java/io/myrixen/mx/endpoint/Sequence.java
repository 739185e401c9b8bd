package io.myrixen.mx.endpoint;

/**
 * Arithmetic of MX's sequence numbers: 14 bits of number below 2 bits of session counter, the
 * <em>era</em>, which tells a partner's state from the one before it.
 */
final class Sequence {

  /** MX's own first number. */
  static final int FIRST = 1;

  private static final int NUMBER_BITS = 14;

  /** How many numbers there are before they come round. */
  static final int SPAN = 1 << NUMBER_BITS;

  private static final int NUMBER_MASK = SPAN - 1;
  private static final int ERA_MASK = 0b11 << NUMBER_BITS;

  /** Shifts a 14-bit difference so that its sign becomes the int's. */
  private static final int SIGN_SHIFT = Integer.SIZE - NUMBER_BITS;

  private Sequence() {}

  static int of(int era, int number) {
    return (era & 0b11) << NUMBER_BITS | (number & NUMBER_MASK);
  }

  static int era(int sequence) {
    return sequence >>> NUMBER_BITS & 0b11;
  }

  static int number(int sequence) {
    return sequence & NUMBER_MASK;
  }

  static int next(int sequence) {
    return (sequence & ERA_MASK) | (sequence + 1 & NUMBER_MASK);
  }

  static int previous(int sequence) {
    return (sequence & ERA_MASK) | (sequence - 1 & NUMBER_MASK);
  }

  static boolean sameEra(int one, int other) {
    return ((one ^ other) & ERA_MASK) == 0;
  }

  /**
   * Whether {@code candidate} belongs to a later state than {@code current}. With four eras, three
   * ahead is one behind: a late packet of the state before.
   */
  static boolean newerEra(int candidate, int current) {
    int ahead = era(candidate) - era(current) & 0b11;
    return ahead == 1 || ahead == 2;
  }

  /** How far {@code to} lies behind {@code from} in order: -8192 to 8191, eras apart. */
  static int distance(int from, int to) {
    return (to - from) << SIGN_SHIFT >> SIGN_SHIFT;
  }
}
