package io.myrixen.driver.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BarsTest {

  private static final Point RTT = new Point(Metric.RTT_P50, 8);
  private static final Point BANDWIDTH = new Point(Metric.BANDWIDTH_FRESH, 4096);

  private final SampleReadings sample = new SampleReadings();

  private Verdict nativeBar() {
    return Bars.judge(sample.readings()).get(0);
  }

  private Verdict relayBar() {
    return Bars.judge(sample.readings()).get(1);
  }

  @Test
  void shouldHoldUpToOneAndAHalfTimesTheRelay() {
    sample.with(Implementation.RELAY_30, RTT, 4, 4, 4).with(Implementation.VM, RTT, 5, 6, 40);
    assertTrue(relayBar().holds());
    assertEquals("1.50 times (1.25 to 10.00 with 75 % confidence, 3 pairs)", relayBar().detail());
  }

  @Test
  void shouldFailBeyond() {
    sample.with(Implementation.RELAY_30, RTT, 4, 4, 4).with(Implementation.VM, RTT, 1, 6.1, 40);
    assertFalse(relayBar().holds());
  }

  @Test
  void shouldNotHoldForWantOfPairs() {
    sample.with(Implementation.VM, RTT, 1);
    assertFalse(relayBar().holds());
    assertEquals("without a pair of one placement", relayBar().detail());
    assertFalse(nativeBar().holds());
    assertEquals("without a pair of one placement: 1", nativeBar().detail());
  }

  @Test
  void shouldHoldWhereTheIntervalReachesFivePerCent() {
    sample
        .with(Implementation.NATIVE, RTT, 10, 10, 10)
        .with(Implementation.VM, RTT, 10.4, 12, 13)
        .with(Implementation.NATIVE, BANDWIDTH, 10, 10, 10)
        .with(Implementation.VM, BANDWIDTH, 8, 9, 9.6);
    assertTrue(nativeBar().holds(), nativeBar().detail());
    assertEquals(
        "at all 2 metrics and sizes; at worst, round trip, median at 8 B:"
            + " 1.20 times (1.04 to 1.30 with 75 % confidence, 3 pairs)",
        nativeBar().detail());
  }

  @Test
  void shouldNameEachPointThatMissesFivePerCent() {
    sample
        .with(Implementation.NATIVE, RTT, 10, 10, 10)
        .with(Implementation.VM, RTT, 10, 10, 10)
        .with(Implementation.NATIVE, BANDWIDTH, 10, 10, 10)
        .with(Implementation.VM, BANDWIDTH, 8, 9, 9.5);
    assertFalse(nativeBar().holds());
    assertEquals(
        "bandwidth, fresh buffers at 4 KiB: 0.90 times (0.80 to 0.95 with 75 % confidence,"
            + " 3 pairs)",
        nativeBar().detail());
  }
}
