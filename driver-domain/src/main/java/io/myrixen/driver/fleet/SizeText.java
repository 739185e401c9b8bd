package io.myrixen.driver.fleet;

import java.util.Locale;

/** Sizes of messages, and what depends on them, as tables show them. */
final class SizeText {

  private SizeText() {}

  static String of(int bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  /** A bandwidth, which messages without payload do not have. */
  static String gbytes(int sizeBytes, double gbytesPerSecond) {
    return sizeBytes == 0 ? "-" : String.format(Locale.ROOT, "%.3f", gbytesPerSecond);
  }
}
