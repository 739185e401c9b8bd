package io.myrixen.driver.hypervisor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.host.HostToolstack;
import java.util.concurrent.locks.LockSupport;

/** Waits, bounded, for what the service does when a process has gone. */
final class DomainProbe {

  private static final long LIMIT_NS = 20_000_000_000L;

  private DomainProbe() {}

  static void awaitDomains(HostToolstack toolstack, long count) {
    long beginNs = System.nanoTime();
    while (toolstack.counters().domainsNow() != count) {
      assertTrue(System.nanoTime() - beginNs < LIMIT_NS, toolstack.counters().toString());
      LockSupport.parkNanos(1_000_000);
    }
  }
}
