package io.myrixen.driver.demo;

import io.myrixen.driver.fleet.Fleet;
import io.myrixen.driver.service.CounterNames;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.nic.NicCounter;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.local.HypervisorCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Takes all counters of a running demo, without doing anything that it counts. */
final class DataPathProbe {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path runDirectory;
  private final Fleet fleet;

  /** Notifications of each guest; of a dead one as last heard. */
  private final Map<Integer, Long> doorbells = new HashMap<>();

  DataPathProbe(Path runDirectory, Fleet fleet) {
    this.runDirectory = runDirectory;
    this.fleet = fleet;
  }

  /** All counters as they are now, each since its service began. */
  DataPath now() throws InterruptedException {
    fleet
        .ask("counters", LIMIT)
        .forEach((index, line) -> doorbells.put(index, line.number("doorbells")));
    long ofGuests = doorbells.values().stream().mapToLong(Long::longValue).sum();
    DriverCounters driver = driverDomain();
    HypervisorCounters hypervisor = hypervisor();
    long regions =
        driver.value(CounterNames.requests(RequestKind.REGISTER_REGION))
            + driver.value(CounterNames.requests(RequestKind.DEREGISTER_REGION));
    return new DataPath(
        driver.value(CounterNames.CONTROL_REQUESTS) - regions,
        hypervisor.grantOperations(),
        hypervisor.storeOperations(),
        driver.nic(NicCounter.NOTIFICATIONS) + ofGuests,
        regions);
  }

  private HypervisorCounters hypervisor() {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory)) {
      return toolstack.counters();
    }
  }

  private DriverCounters driverDomain() {
    try {
      return DriverCounters.readFresh(runDirectory, LIMIT);
    } catch (IOException | TimeoutException e) {
      throw new DemoException("cannot read the driver domain's counters: " + e.getMessage(), e);
    }
  }
}
