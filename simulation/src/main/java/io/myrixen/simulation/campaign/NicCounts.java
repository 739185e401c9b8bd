package io.myrixen.simulation.campaign;

import io.myrixen.nic.NicCounter;
import io.myrixen.simulation.board.SimulatedNic;
import java.util.List;

/** Notes what NICs have counted, under the names that operators see. */
final class NicCounts {

  private NicCounts() {}

  static void add(List<SimulatedNic> nics, Coverage coverage) {
    for (NicCounter counter : NicCounter.values()) {
      long sum = 0;
      for (SimulatedNic nic : nics) {
        sum += nic.count(counter);
      }
      coverage.add("NIC " + counter.label(), sum);
    }
  }
}
