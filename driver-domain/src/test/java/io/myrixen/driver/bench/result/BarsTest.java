package io.myrixen.driver.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BarsTest {

  private static final Point RTT = new Point(Metric.RTT_P50, 8);

  private static Verdict relay(SampleReadings sample) {
    return Bars.judge(sample.readings()).getFirst();
  }

  @Test
  void shouldHoldUpToOneAndAHalfTimesTheRelay() {
    SampleReadings sample = new SampleReadings().with(Implementation.RELAY_30, RTT, 4, 4, 4);
    Verdict verdict = relay(sample.with(Implementation.VM, RTT, 5, 6, 40));
    assertTrue(verdict.holds());
    assertEquals("1.50 times (1.25 to 10.00 with 75 % confidence, 3 pairs)", verdict.detail());
  }

  @Test
  void shouldFailBeyond() {
    SampleReadings sample = new SampleReadings().with(Implementation.RELAY_30, RTT, 4, 4, 4);
    assertFalse(relay(sample.with(Implementation.VM, RTT, 1, 6.1, 40)).holds());
  }

  @Test
  void shouldNotHoldForWantOfPairs() {
    Verdict verdict = relay(new SampleReadings().with(Implementation.VM, RTT, 1));
    assertFalse(verdict.holds());
    assertEquals("no pair was measured at one placement", verdict.detail());
  }
}
