package io.myrixen.driver.command;

import io.myrixen.driver.hypervisor.HypervisorService;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.service.LeftBehind;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code myrixen hypervisor}. */
@Command(
    name = "hypervisor",
    description = {
      "Runs the hypervisor service for processes of this host, until SIGTERM or Ctrl-C.",
      "Prints XENSTORED_PATH, with which Xen's own tools look at its store."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class HypervisorCommand implements Callable<Integer> {

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();
  @Mixin private final EndWithInput endWithInput = new EndWithInput();

  @Override
  public Integer call() throws InterruptedException {
    try (Lifetime lifetime = Lifetime.ofService()) {
      HypervisorService service = start();
      lifetime.keep(() -> LeftBehind.remove(service.runDirectory()));
      lifetime.keep(service);
      System.out.println("XENSTORED_PATH=" + service.runDirectory().resolve("toolstack"));
      System.out.flush();
      endWithInput.watch(lifetime);
      lifetime.awaitEnd();
    }
    return ExitCode.DONE;
  }

  private HypervisorService start() {
    try {
      return HypervisorService.start(runDirectory.path());
    } catch (XenException e) {
      if (e.reason() == Reason.NOT_PERMITTED) {
        // Another one has the directory, or another user: a matter of which directory was named.
        throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }
}
