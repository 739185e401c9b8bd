package io.myrixen.driver.fleet;

import io.myrixen.driver.report.SizeText;
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
          SizeText.of(echo.sizeBytes()),
          micros(echo.rttP50Us() / 2),
          micros(echo.rttP50Us()),
          micros(echo.rttP99Us() / 2),
          micros(echo.rttP99Us()),
          SizeText.gbytes(echo.sizeBytes(), echo.gbytesPerSecond()));
    }
    return table.toString();
  }

  private static String micros(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
