package io.myrixen.driver.command;

import io.myrixen.driver.toolstack.Attachments;
import io.myrixen.driver.toolstack.Attachments.Attached;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.devices.XenDomain;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code myrixen xen}: what the toolstack of real Xen does with our devices. */
@Command(
    name = "xen",
    description = {
      "Gives domains of real Xen devices, and takes them away: run it in domain 0, as root.",
      "DOM is a domain's name or its domid. See docs/xen.md."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class XenCommand implements Runnable {

  private static final int MAX_WEIGHT = 64;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Command(
      name = "attach",
      description = {
        "Gives domain --frontend a device that the driver domain --backend serves; several domains",
        "if it is given several times.",
        "A device that is there already moves to that driver domain and stays the same board."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int attach(
      @Option(names = "--frontend", paramLabel = "DOM", required = true, description = "The VM.")
          List<String> frontends,
      @Option(
              names = "--backend",
              paramLabel = "DOM",
              required = true,
              description = "The driver domain.")
          String backend,
      @Option(
              names = "--device",
              paramLabel = "N",
              description = "The device's number in the VM (default: the first that is free).")
          @Nullable Integer device,
      @Option(
              names = "--weight",
              paramLabel = "W",
              defaultValue = "1",
              description = "The VM's share of the NIC, 1 to 64 (default: ${DEFAULT-VALUE}).")
          int weight) {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--weight must be 1 to %d: %d".formatted(MAX_WEIGHT, weight));
    }
    OptionalInt deviceId = number(device);
    try (XenStore store = XenDomain.connectStore()) {
      var attachments = new Attachments(store);
      for (String frontend : frontends) {
        Attached done = attachments.attach(frontend, backend, deviceId, weight);
        System.out.printf(
            "device %d of %s %s %s%n",
            done.deviceId(), done.frontend(), done.moved() ? "moved to" : "on", done.backend());
      }
    } catch (XenStoreException e) {
      throw refused(e);
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "detach",
      description = {
        "Takes a device from domain --frontend, once its driver domain has closed it; from several",
        "domains if it is given several times."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int detach(
      @Option(names = "--frontend", paramLabel = "DOM", required = true, description = "The VM.")
          List<String> frontends,
      @Option(
              names = "--device",
              paramLabel = "N",
              description = "The device's number in the VM (default: the only one it has).")
          @Nullable Integer device,
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              defaultValue = "10",
              description = "How long the driver domain may take (default: ${DEFAULT-VALUE}).")
          int seconds,
      @Option(names = "--force", description = "Do not wait for the driver domain.") boolean force)
      throws InterruptedException {
    if (seconds < 1) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--timeout must be at least 1: " + seconds);
    }
    OptionalInt deviceId = number(device);
    Duration limit = force ? Duration.ZERO : Duration.ofSeconds(seconds);
    try (XenStore store = XenDomain.connectStore()) {
      var attachments = new Attachments(store);
      for (String frontend : frontends) {
        Attached found = attachments.find(frontend, deviceId);
        if (!attachments.detach(found, limit)) {
          throw new CommandFailure(
              ExitCode.FOUND_WRONG,
              "%s has not closed device %d of %s within %d s; --force removes it all the same"
                  .formatted(found.backend(), found.deviceId(), found.frontend(), seconds));
        }
        System.out.printf("device %d of %s is gone%n", found.deviceId(), found.frontend());
      }
    } catch (XenStoreException e) {
      throw refused(e);
    }
    return ExitCode.DONE;
  }

  private static OptionalInt number(@Nullable Integer device) {
    if (device == null) {
      return OptionalInt.empty();
    }
    if (device < 0) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--device must not be negative: " + device);
    }
    return OptionalInt.of(device);
  }

  private static CommandFailure refused(XenStoreException e) {
    String hint =
        e.error().equals("EACCES") ? " (only the toolstack's domain may: run it in domain 0)" : "";
    return new CommandFailure(ExitCode.MISSING, e.getMessage() + hint, e);
  }
}
