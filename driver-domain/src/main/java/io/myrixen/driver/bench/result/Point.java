package io.myrixen.driver.bench.result;

import io.myrixen.driver.report.SizeText;
import java.util.Comparator;

/**
 * What implementations are compared at. Ordered by metric, then by size.
 *
 * @param sizeBytes payload of each message
 */
public record Point(Metric metric, int sizeBytes) implements Comparable<Point> {

  private static final Comparator<Point> ORDER =
      Comparator.comparing(Point::metric).thenComparingInt(Point::sizeBytes);

  @Override
  public int compareTo(Point other) {
    return ORDER.compare(this, other);
  }

  /** For people. */
  public String label() {
    return metric.title() + " at " + SizeText.of(sizeBytes);
  }
}
