package io.myrixen.driver.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class IdleTimeTest {

  private static final long START_NS = -5_000;

  private final IdleTime time = new IdleTime(START_NS);

  @Test
  void shouldCountNothingWhileThereIsWork() {
    assertEquals(0, time.idleNs(START_NS + 700));
    assertEquals(700, time.runNs(START_NS + 700));
  }

  @Test
  void shouldCountTheIdleTimeUnderWay() {
    time.begin(START_NS);
    assertEquals(0, time.idleNs(START_NS));
    assertEquals(30, time.idleNs(START_NS + 30));
  }

  @Test
  void shouldAddUpIdleTimesAndLeaveOutWhatLiesBetween() {
    time.begin(START_NS + 100);
    time.end(START_NS + 150);
    assertEquals(50, time.idleNs(START_NS + 1_000));
    time.begin(START_NS + 2_000);
    assertEquals(50, time.idleNs(START_NS + 2_000));
    time.end(START_NS + 2_007);
    time.begin(START_NS + 2_100);
    assertEquals(60, time.idleNs(START_NS + 2_103));
  }
}
