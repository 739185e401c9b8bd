package io.myrixen.driver.command;

import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.service.DriverDomain;
import io.myrixen.driver.service.DriverDomainContext;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code myrixen driver-domain}. */
@Command(
    name = "driver-domain",
    description = {
      "Runs the domain that owns the NIC and serves all VMs, until SIGTERM or Ctrl-C.",
      "In a domain of Xen that domain becomes it, and serves the devices whose backend it is."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DriverDomainCommand implements Callable<Integer> {

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();
  @Mixin private final EndWithInput endWithInput = new EndWithInput();

  @Override
  public Integer call() throws InterruptedException {
    DriverDomainContext context;
    try {
      context = DriverDomainContext.fromSystemProperties();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    }
    try (Lifetime lifetime = Lifetime.ofService()) {
      var failed = new AtomicBoolean();
      Runnable onFailure =
          () -> {
            failed.set(true);
            lifetime.end();
          };
      Path directory = runDirectory.path();
      boolean onXen = runDirectory.onXen();
      DriverDomain driverDomain =
          lifetime.keep(
              onXen
                  ? DriverDomain.startOnXen(directory, context, onFailure)
                  : DriverDomain.start(directory, context, onFailure));
      System.out.printf(
          "driver domain is domain %d %s; the NIC looks for %d us before it sleeps%n",
          driverDomain.domid(),
          onXen ? "of Xen" : "in " + directory,
          context.idleBudgetNs() / 1_000);
      System.out.flush();
      endWithInput.watch(lifetime);
      lifetime.awaitEnd();
      if (failed.get() && !lifetime.signalled()) {
        String what = driverDomain.hypervisorGone() ? "the hypervisor is gone" : "a thread failed";
        throw new CommandFailure(ExitCode.FOUND_WRONG, what);
      }
    }
    return ExitCode.DONE;
  }
}
