package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The resend time-out: where it begins, what moves it, and between which bounds. */
class RoundTripTest {

  private final RoundTrip roundTrip = new RoundTrip();

  @Test
  void shouldBeginWellAboveAnyLocalNetwork() {
    assertEquals(RoundTrip.FIRST_NS, roundTrip.timeoutNs());
    assertEquals(0, roundTrip.leastNs());
  }

  @Test
  void shouldNeverFallBelowWhatAnAcknowledgementMayBeOwed() {
    for (int i = 0; i < 100; i++) {
      roundTrip.measured(10_000);
    }
    assertEquals(RoundTrip.FLOOR_NS, roundTrip.timeoutNs());
    assertTrue(RoundTrip.FLOOR_NS > 16_000_000);
    assertEquals(10_000, roundTrip.leastNs());
  }

  @Test
  void shouldFollowALongWay() {
    for (int i = 0; i < 100; i++) {
      roundTrip.measured(50_000_000);
    }
    assertTrue(Math.abs(roundTrip.timeoutNs() - 50_000_000) < 1_000_000);
    roundTrip.measured(90_000_000);
    assertTrue(roundTrip.timeoutNs() > 90_000_000, "one late answer is no reason to send again");
  }

  @Test
  void shouldDoubleUntilTheNextMeasurement() {
    roundTrip.measured(10_000);
    for (int i = 1; i <= 4; i++) {
      roundTrip.timedOut();
      assertEquals(RoundTrip.FLOOR_NS << i, roundTrip.timeoutNs());
    }
    for (int i = 0; i < 100; i++) {
      roundTrip.timedOut();
    }
    assertEquals(RoundTrip.CEILING_NS, roundTrip.timeoutNs());
    roundTrip.measured(10_000);
    assertEquals(RoundTrip.FLOOR_NS, roundTrip.timeoutNs());
  }

  @Test
  void shouldNotExceedItsCeilingOnAnyWay() {
    roundTrip.measured(30_000_000_000L);
    assertEquals(RoundTrip.CEILING_NS, roundTrip.timeoutNs());
    roundTrip.timedOut();
    assertEquals(RoundTrip.CEILING_NS, roundTrip.timeoutNs());
  }
}
