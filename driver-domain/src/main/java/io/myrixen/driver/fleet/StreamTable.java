package io.myrixen.driver.fleet;

import io.myrixen.driver.report.SizeText;
import io.myrixen.driver.report.Table;
import java.util.List;
import java.util.Locale;

/** Streams by size as a table. */
public final class StreamTable {

  private StreamTable() {}

  /** Returns the table's lines. */
  public static String of(List<StreamMeasurement> streams) {
    var table = new Table("size", "messages", "seconds", "million messages/s", "GB/s");
    for (StreamMeasurement stream : streams) {
      table.row(
          SizeText.of(stream.sizeBytes()),
          stream.messages(),
          String.format(Locale.ROOT, "%.2f", stream.seconds()),
          String.format(Locale.ROOT, "%.4f", stream.mmessagesPerSecond()),
          SizeText.gbytes(stream.sizeBytes(), stream.gbytesPerSecond()));
    }
    return table.toString();
  }
}
