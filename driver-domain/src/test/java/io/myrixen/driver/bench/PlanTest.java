package io.myrixen.driver.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Point;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import io.myrixen.driver.guest.Load.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlanTest {

  @Test
  void shouldLetEverybodyBeginInTurnAndGoBackwardsEverySecondTime() {
    List<String> names = List.of("a", "b", "c");
    assertEquals(
        "abc cba bca bac cab acb",
        IntStream.of(0, 1, 2, 3, 4, 5)
            .mapToObj(round -> String.join("", Plan.order(names, round)))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void shouldMeasureEveryMetricAtItsSizes() {
    Set<Point> points = new TreeSet<>();
    Line measured = Line.of("driven").with("p50Ns", 1_000).with("p99Ns", 2_000);
    Plan.full().loads().forEach(load -> points.addAll(Measures.of(load, measured).keySet()));
    Set<Point> wanted = new TreeSet<>(Set.of(new Point(Metric.RATE, 8)));
    for (int size : new int[] {8, 1 << 10, 32 << 10, 1 << 20}) {
      wanted.add(new Point(Metric.RTT_P50, size));
      wanted.add(new Point(Metric.RTT_P99, size));
    }
    for (int size : new int[] {4 << 10, 64 << 10, 1 << 20}) {
      wanted.add(new Point(Metric.BANDWIDTH_FRESH, size));
    }
    assertEquals(wanted, points);
  }

  @Test
  void shouldTurnTimesIntoUnits() {
    Line measured = Line.of("driven").with("p50Ns", 2_000).with("p99Ns", 5_500);
    assertEquals(
        Map.of(new Point(Metric.RTT_P50, 8), 2.0, new Point(Metric.RTT_P99, 8), 5.5),
        Measures.of(new Load(Kind.ECHO, 8), measured));
    // 1,024 messages in 2 us.
    assertEquals(
        Map.of(new Point(Metric.RATE, 8), 512.0), Measures.of(new Load(Kind.STREAM, 8), measured));
    // 4 MiB in 2 us.
    assertEquals(
        Map.of(new Point(Metric.BANDWIDTH_FRESH, 4096), 4_194_304 / 2e3),
        Measures.of(new Load(Kind.STREAM, 4096), measured));
  }

  @Test
  void shouldNameABadNumberOfRounds() {
    var e = assertThrows(IllegalArgumentException.class, () -> Plan.full().withRounds(0));
    assertTrue(String.valueOf(e.getMessage()).contains("--rounds must be 1 to 1000: 0"));
  }
}
