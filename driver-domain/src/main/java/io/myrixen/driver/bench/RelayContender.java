package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import java.util.List;

/**
 * A variant of the bare relay.
 *
 * @param pauses after which each of its processes yields
 */
record RelayContender(Implementation implementation, RelayProcesses processes, int pauses)
    implements Contender {

  /** All variants, which share the processes. */
  static List<Contender> of(RelayProcesses processes) {
    return List.of(
        new RelayContender(Implementation.RELAY_1, processes, 1),
        new RelayContender(Implementation.RELAY_10, processes, 10),
        new RelayContender(Implementation.RELAY_30, processes, 30),
        new RelayContender(Implementation.RELAY_100, processes, 100));
  }

  @Override
  public Line run(Load load, long budgetNs) throws InterruptedException {
    return processes.run(load, budgetNs, pauses);
  }
}
