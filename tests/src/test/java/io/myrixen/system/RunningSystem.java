package io.myrixen.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.local.HypervisorCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A hypervisor and a driver domain, each a process, in a run directory of their own. */
final class RunningSystem implements AutoCloseable {

  private final Path runDirectory;
  private final CommandRun hypervisor;
  private final CommandRun driverDomain;

  private RunningSystem(Path runDirectory, CommandRun hypervisor, CommandRun driverDomain) {
    this.runDirectory = runDirectory;
    this.hypervisor = hypervisor;
    this.driverDomain = driverDomain;
  }

  static RunningSystem start(Path logs) throws IOException, InterruptedException {
    Path runDirectory = logs.resolve("run");
    CommandRun hypervisor =
        CommandRun.start(logs, "hypervisor", "--run-dir", runDirectory.toString())
            .awaitOutput("XENSTORED_PATH=");
    CommandRun driverDomain =
        CommandRun.start(logs, "driver-domain", "--run-dir", runDirectory.toString())
            .awaitOutput("driver domain is domain");
    return new RunningSystem(runDirectory, hypervisor, driverDomain);
  }

  Path runDirectory() {
    return runDirectory;
  }

  CommandRun hypervisor() {
    return hypervisor;
  }

  CommandRun driverDomain() {
    return driverDomain;
  }

  HypervisorCounters counters() {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory)) {
      return toolstack.counters();
    }
  }

  /** Waits until nothing is left of anybody: no grant, mapping, port, domain, node, token. */
  void awaitNoTrace() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          HypervisorCounters now = counters();
          assertEquals(1, now.domainsNow(), "domains, the driver domain alone");
          assertEquals(0, now.grantedPagesNow(), "granted pages");
          assertEquals(0, now.mappingsNow(), "mappings");
          assertEquals(0, now.portsNow(), "ports");
          try (HostToolstack toolstack = HostToolstack.connect(runDirectory);
              XenStore store = toolstack.openStore()) {
            assertEquals(List.of("0", "1"), store.list("/local/domain"));
            assertEquals(List.of(), children(store, "/local/domain/1/backend/mx"));
            assertEquals(List.of(), children(store, "/libxl"));
            assertEquals(List.of(), children(store, "/local/domain/1/data/native"));
          }
        });
  }

  private static List<String> children(XenStore store, String path) {
    return store.find(path) == null ? List.of() : store.list(path);
  }

  /** Ends both by SIGTERM, and looks for what they left. */
  void endCleanly() throws InterruptedException, IOException {
    assertEquals(0, driverDomain.terminate(), driverDomain::err);
    assertEquals(0, hypervisor.terminate(), hypervisor::err);
    assertEquals("", driverDomain.err());
    assertEquals("", hypervisor.err());
    assertNothingLeft(runDirectory);
  }

  /**
   * Checks that nothing is left in a run directory: neither itself, nor a process that names it.
   */
  static void assertNothingLeft(Path runDirectory) throws IOException {
    if (Files.exists(runDirectory)) {
      try (Stream<Path> files = Files.walk(runDirectory)) {
        assertFalse(Files.exists(runDirectory), files.toList().toString());
      }
    }
    try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
      List<String> left =
          all.map(child -> child.info().commandLine().orElse(""))
              .filter(line -> line.contains(runDirectory.toString()))
              .toList();
      assertEquals(List.of(), left);
    }
  }

  @Override
  public void close() {
    driverDomain.close();
    hypervisor.close();
  }
}
