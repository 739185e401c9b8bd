package io.myrixen.simulation.campaign;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class GarbageRunnerTest {

  @Test
  void shouldBearWhatNobodySent() {
    Map<String, Long> coverage = new GarbageRunner().apply(5);

    long received = coverage.getOrDefault("messages received", 0L);
    long timedOut = coverage.getOrDefault("seen SEND_TIMED_OUT", 0L);
    assertTrue(received + timedOut >= 500, coverage::toString);
    assertTrue(coverage.getOrDefault("garbage that may do harm", 0L) > 0, coverage::toString);
    assertTrue(coverage.getOrDefault("NIC Drop Unknown Type", 0L) > 0, coverage::toString);
  }
}
