package io.myrixen.driver.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ProcessorsTest {

  @Test
  void shouldCountWorkAndNotIdling() {
    String stat =
        """
        cpu  1 2 4 1000 2000 8 16 32 64 128
        cpu0 9 9 9 9 9 9 9 9 9 9
        """;
    assertEquals(1 + 2 + 4 + 8 + 16 + 32, ProcessorUse.busyTicks(stat));
  }

  @Test
  void shouldHandACacheLineOver() throws Exception {
    assertTrue(new CacheLine().roundTripNs() > 0);
  }
}
