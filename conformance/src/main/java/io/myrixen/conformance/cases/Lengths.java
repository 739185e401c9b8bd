package io.myrixen.conformance.cases;

/** Lengths of messages in bytes, at both ends of each class and of each fragment. */
final class Lengths {

  static final int[] TINY = {0, 1, 31, 32};
  static final int[] SMALL = {33, 100, 127, 128};
  static final int[] MEDIUM = {129, 4_095, 4_096, 4_097, 8_192, 8_193, 20_001, 32_767, 32_768};
  static final int[] LARGE = {32_769, 65_536, 100_003, 1_048_577};

  /** One of each eager class. */
  static final int[] EAGER = {0, 16, 100, 10_000};

  /** One of each class, with an empty one. */
  static final int[] MIXED = {0, 16, 100, 10_000, 100_000};

  private Lengths() {}
}
