package io.myrixen.driver.report;

import java.util.Locale;

/** Sizes of messages, and what depends on them, as tables show them. */
public final class SizeText {

  private SizeText() {}

  /** A size in the largest unit that leaves it whole: "8 B", "32 KiB", "1 MiB". */
  public static String of(int bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  /** A bandwidth, which messages without payload do not have. */
  public static String gbytes(int sizeBytes, double gbytesPerSecond) {
    return sizeBytes == 0 ? "-" : String.format(Locale.ROOT, "%.3f", gbytesPerSecond);
  }
}
