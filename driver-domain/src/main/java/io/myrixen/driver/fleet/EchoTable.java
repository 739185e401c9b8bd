package io.myrixen.driver.fleet;

import io.myrixen.driver.report.Table;
import java.util.List;
import java.util.Locale;

/** Measurements by size as a table. */
public final class EchoTable {

  private EchoTable() {}

  /** Returns the table's lines. */
  public static String of(List<EchoMeasurement> echoes) {
    var table =
        new Table("size", "half rtt p50 us", "rtt p50 us", "half rtt p99 us", "rtt p99 us", "GB/s");
    for (EchoMeasurement echo : echoes) {
      table.row(
          size(echo.sizeBytes()),
          micros(echo.rttP50Us() / 2),
          micros(echo.rttP50Us()),
          micros(echo.rttP99Us() / 2),
          micros(echo.rttP99Us()),
          echo.sizeBytes() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", echo.gbytesPerSecond()));
    }
    return table.toString();
  }

  private static String micros(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String size(int bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }
}
