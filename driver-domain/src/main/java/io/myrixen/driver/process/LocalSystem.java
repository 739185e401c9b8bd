package io.myrixen.driver.process;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostToolstack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A hypervisor and a driver domain in a run directory: those that run, or else our own. */
public final class LocalSystem {

  /** A JVM on a machine that is busy with others. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private LocalSystem() {}

  /**
   * Sees to it that a hypervisor and a driver domain run in {@code runDirectory}, and ends with
   * {@code lifetime} what had to be started.
   *
   * @throws XenException with {@code SYSTEM} if one does not come up
   */
  public static void ensure(Path runDirectory, Lifetime lifetime) throws InterruptedException {
    if (!hypervisorRuns(runDirectory)) {
      start("hypervisor", runDirectory, lifetime);
    }
    if (!driverDomainRuns(runDirectory)) {
      start("driver-domain", runDirectory, lifetime);
    }
  }

  private static boolean hypervisorRuns(Path runDirectory) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory)) {
      toolstack.counters();
      return true;
    } catch (XenException e) {
      if (e.reason() == Reason.NO_HYPERVISOR) {
        return false;
      }
      throw e;
    }
  }

  private static boolean driverDomainRuns(Path runDirectory) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory);
        XenStore store = toolstack.openStore()) {
      return DriverDomainNode.find(store) != null;
    }
  }

  private static void start(String service, Path runDirectory, Lifetime lifetime)
      throws InterruptedException {
    var ready = new CompletableFuture<String>();
    List<String> command =
        Jvm.command(List.of(service, "--run-dir", runDirectory.toString(), "--end-with-input"));
    // The first line of a service says that it serves.
    ChildProcess process =
        lifetime.keep(ChildProcess.start(service, command, Map.of(), ready::complete));
    process.whenEnded(code ->
        ready.completeExceptionally(
            new XenException(Reason.SYSTEM, "the %s ended with code %d".formatted(service, code))));
    try {
      ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new XenException(Reason.SYSTEM, "the " + service + " does not come up", e);
    } catch (ExecutionException e) {
      throw new XenException(
          Reason.SYSTEM, "cannot start the %s: %s".formatted(service, e.getCause()), e);
    }
  }
}
