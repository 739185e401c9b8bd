package io.myrixen.driver.service;

import io.myrixen.driver.counters.CountersFile;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.netback.NetbackCounters;
import io.myrixen.nic.NicCounter;
import io.myrixen.nic.NicCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Copies the counters of NIC and netback to a file again and again, on a thread of its own. */
final class CountersPublisher implements ServiceThread.Loop {

  private final CountersFile file;
  private final DriverThreads threads;
  private final long intervalNs;
  private volatile boolean running = true;

  CountersPublisher(CountersFile file, DriverThreads threads, long intervalNs) {
    this.file = file;
    this.threads = threads;
    this.intervalNs = intervalNs;
  }

  @Override
  public void run() {
    while (running) {
      file.publish(snapshot());
      LockSupport.parkNanos(intervalNs);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  private Map<String, Long> snapshot() {
    var counters = new LinkedHashMap<String, Long>();
    NicCounters nicCounters = threads.nic().counters();
    for (NicCounter counter : NicCounter.values()) {
      counters.put(CounterNames.nic(counter), nicCounters.total().of(counter));
    }
    NetbackCounters control = threads.netbackCounters();
    counters.put(CounterNames.CONTROL_REQUESTS, control.controlRequests());
    for (RequestKind kind : RequestKind.values()) {
      counters.put(CounterNames.requests(kind), control.requestsByKind().getOrDefault(kind, 0L));
    }
    counters.put("netback.malformed", control.malformed());
    counters.put("netback.refused", control.refused());
    counters.put("netback.endpoint-faults", control.endpointFaults());
    counters.put("netback.device-faults", control.deviceFaults());
    counters.put("netback.devices", control.devices());
    counters.put("netback.endpoints", control.endpoints());
    counters.put("netback.pinned-pages", control.pinnedPages());
    for (NicCounters.OfEndpoint endpoint : nicCounters.endpoints()) {
      for (NicCounter counter : NicCounter.values()) {
        counters.put(
            CounterNames.endpoint(endpoint.nicId(), endpoint.endpointId(), counter),
            endpoint.values().of(counter));
      }
    }
    return counters;
  }
}
