package io.myrixen.driver.service;

import io.myrixen.driver.counters.CountersFile;
import io.myrixen.mx.control.RequestKind;
import io.myrixen.netback.NetbackCounters;
import io.myrixen.nic.NicCounter;
import io.myrixen.nic.NicCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Copies the counters of NIC and netback to a file again and again, on a thread of its own. */
final class CountersPublisher implements ServiceThread.Loop {

  /** Where it takes long, as in an emulated machine, it does not take a core for itself. */
  private static final int REST_FOR_WORK = 50;

  /** Those who ask wait for what is published next, and not for ever. */
  private static final long MOST_REST_NS = 500_000_000;

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
      long beganNs = System.nanoTime();
      file.publish(snapshot());
      long tookNs = System.nanoTime() - beganNs;
      long restNs = Math.min(MOST_REST_NS, REST_FOR_WORK * tookNs);
      LockSupport.parkNanos(Math.max(intervalNs, restNs));
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  private Map<String, Long> snapshot() {
    var counters = new LinkedHashMap<String, Long>();
    counters.put(CounterNames.PID, ProcessHandle.current().pid());
    long nowNs = System.nanoTime();
    counters.put(CounterNames.NIC_TIME_NS, threads.nicTime().runNs(nowNs));
    counters.put(CounterNames.NIC_IDLE_NS, threads.nicTime().idleNs(nowNs));
    NicCounters nicCounters = threads.nic().counters();
    for (NicCounter counter : NicCounter.values()) {
      counters.put(CounterNames.nic(counter), nicCounters.total().of(counter));
    }
    control(counters, threads.netbackCounters());
    for (NicCounters.OfBoard board : nicCounters.boards()) {
      put(counters, board.values(), counter -> CounterNames.board(board.nicId(), counter));
    }
    for (NicCounters.OfEndpoint endpoint : nicCounters.endpoints()) {
      put(
          counters,
          endpoint.values(),
          counter -> CounterNames.endpoint(endpoint.nicId(), endpoint.endpointId(), counter));
    }
    return counters;
  }

  private static void control(Map<String, Long> counters, NetbackCounters control) {
    counters.put(CounterNames.CONTROL_REQUESTS, control.controlRequests());
    for (RequestKind kind : RequestKind.values()) {
      counters.put(CounterNames.requests(kind), control.requestsByKind().getOrDefault(kind, 0L));
    }
    counters.put("netback.malformed", control.malformed());
    counters.put(CounterNames.CONTROL_REFUSED, control.refused());
    counters.put(CounterNames.ENDPOINT_FAULTS, control.endpointFaults());
    counters.put(CounterNames.DEVICE_FAULTS, control.deviceFaults());
    counters.put(CounterNames.DEVICES, control.devices());
    counters.put(CounterNames.ENDPOINTS, control.endpoints());
    counters.put(CounterNames.PINNED_PAGES, control.pinnedPages());
  }

  /** Commands always, so that who counts nothing yet is there too; of the others what is not 0. */
  private static void put(
      Map<String, Long> counters, NicCounters.Values values, Function<NicCounter, String> name) {
    for (NicCounter counter : NicCounter.values()) {
      if (values.of(counter) != 0 || counter == NicCounter.COMMANDS) {
        counters.put(name.apply(counter), values.of(counter));
      }
    }
  }
}
