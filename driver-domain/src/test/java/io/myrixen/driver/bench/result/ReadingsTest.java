package io.myrixen.driver.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReadingsTest {

  private static final Point RTT = new Point(Metric.RTT_P50, 8);
  private static final Point RATE = new Point(Metric.RATE, 8);

  private final SampleReadings sample = new SampleReadings();

  @Test
  void shouldTakeTheRelayThatDidBestAtEachPoint() {
    sample
        .with(Implementation.RELAY_1, RTT, 3, 9, 4)
        .with(Implementation.RELAY_10, RTT, 5, 5, 5)
        .with(Implementation.RELAY_1, RATE, 3, 9, 4)
        .with(Implementation.RELAY_10, RATE, 5, 5, 5);
    Readings readings = sample.readings();

    assertEquals(Implementation.RELAY_1, readings.bestRelay(RTT));
    assertEquals(Implementation.RELAY_10, readings.bestRelay(RATE));
    Row best = readings.rows().getFirst();
    assertEquals(Implementation.RELAY, best.implementation());
    assertEquals(new Spread(4, 3, 9, 3, 9, 0.75, 3), best.spread());
  }

  @Test
  void shouldPairWhatIsOfOneRoundAndOnePlacement() {
    sample.with(Implementation.RELAY_1, RTT, 2, 2, 2);
    sample.with(new Reading(Implementation.VM, RTT, 0, 3, SampleReadings.NEAR_NS));
    sample.with(new Reading(Implementation.VM, RTT, 1, 30, SampleReadings.FAR_NS));
    sample.with(new Reading(Implementation.VM, RTT, 4, 30, SampleReadings.NEAR_NS));
    Readings readings = sample.readings();

    Ratio ratio =
        Objects.requireNonNull(readings.ratio(Implementation.VM, Implementation.RELAY, RTT));
    assertEquals(1, ratio.spread().count());
    assertEquals(1.5, ratio.spread().median());
    assertNull(readings.ratio(Implementation.VM, Implementation.RELAY, RATE));
  }

  @Test
  void shouldKeepPlacementsApartInRows() {
    sample.with(Implementation.VM, RTT, 3, 5);
    sample.with(new Reading(Implementation.VM, RTT, 2, 20, SampleReadings.FAR_NS));
    sample.with(new Reading(Implementation.VM, RTT, 3, 22, SampleReadings.FAR_NS + 10));
    List<Row> rows = sample.readings().rows();

    assertEquals(
        List.of(Placement.NEAR, Placement.FAR), rows.stream().map(Row::placement).toList());
    assertEquals(4, rows.get(0).spread().median());
    assertEquals(21, rows.get(1).spread().median());
    assertEquals(SampleReadings.FAR_NS + 5, rows.get(1).calibrationNs());
    assertEquals(Placement.NEAR, sample.readings().mainPlacement());
  }

  @Test
  void shouldDrawTheLineBetweenNearAndFar() {
    assertEquals(Placement.NEAR, Placement.of(300));
    assertEquals(Placement.FAR, Placement.of(301));
  }
}
