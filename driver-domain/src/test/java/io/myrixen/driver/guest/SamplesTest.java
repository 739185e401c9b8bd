package io.myrixen.driver.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SamplesTest {

  private static final long HOUR_NS = 3_600_000_000_000L;

  private final Samples samples = new Samples();

  @Test
  void shouldTellMedianAndPercentileOfWhatItKept() {
    samples.begin(0);
    long now = System.nanoTime();
    for (int i = 100; i >= 1; i--) {
      samples.add(now, now + i);
    }
    Line line = samples.line();
    assertEquals(51, line.number("p50Ns"));
    assertEquals(100, line.number("p99Ns"));
    assertEquals(100, line.number("samples"));
  }

  @Test
  void shouldNotKeepWhatWarmsUp() {
    samples.begin(HOUR_NS);
    long now = System.nanoTime();
    samples.add(now, now + 1);
    assertFalse(samples.endsAfter(now));
    assertThrows(IllegalStateException.class, samples::line);

    samples.add(now + HOUR_NS, now + HOUR_NS + 7);
    assertTrue(samples.endsAfter(now + HOUR_NS));
    assertEquals(7, samples.line().number("p50Ns"));
  }

  @Test
  void shouldForgetAtEachBeginning() {
    samples.begin(0);
    samples.add(System.nanoTime(), 0);
    samples.begin(0);
    assertThrows(IllegalStateException.class, samples::line);
  }
}
