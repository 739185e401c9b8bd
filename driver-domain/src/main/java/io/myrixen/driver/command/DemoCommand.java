package io.myrixen.driver.command;

import io.myrixen.driver.demo.Demo;
import io.myrixen.driver.demo.DemoException;
import io.myrixen.driver.demo.DemoOptions;
import io.myrixen.driver.demo.DemoProgress.Phase;
import io.myrixen.driver.demo.DemoReport;
import io.myrixen.driver.demo.DemoText;
import io.myrixen.driver.fleet.Fleet;
import io.myrixen.driver.fleet.GuestFailedException;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.report.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen demo}. */
@Command(
    name = "demo",
    description = {
      "Shows everything at once: VMs, each a process, share one NIC.",
      "They find each other by name, exchange messages of every class in every direction with",
      "contents verified, measure, and move a file. Uses the hypervisor and driver domain that run",
      "in --run-dir, or brings its own. A VM that dies meanwhile is reported; the exit code is 1",
      "only if something is wrong for a VM that lives."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Mixin private final BoardOption board = new BoardOption();

  @Option(
      names = "--vms",
      paramLabel = "N",
      defaultValue = "4",
      description = "Number of VMs (default: ${DEFAULT-VALUE}).")
  private int vms;

  @Option(
      names = "--file",
      paramLabel = "F",
      description = "The file to move (default: the running JDK's lib/modules).")
  private @Nullable Path file;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of contents and order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    DemoOptions options = options();
    // Told after the end of the lifetime, which a demo that a signal has ended never sees.
    DemoReport report = run(options);
    System.out.print(DemoText.of(report));
    if (json) {
      System.out.println(Json.write(report.json()));
    }
    System.out.flush();
    return report.good() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }

  private DemoReport run(DemoOptions options) throws InterruptedException {
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      System.out.println("starting the hypervisor and the driver domain");
      Path directory = SystemForCommand.start(runDirectory, lifetime);
      return new Demo(directory, options, this::say).run(lifetime);
    } catch (DemoException | GuestFailedException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }

  private DemoOptions options() {
    Path moved = file != null ? file : Path.of(System.getProperty("java.home"), "lib", "modules");
    try {
      if (!Files.isReadable(moved) || !Files.isRegularFile(moved) || Files.size(moved) == 0) {
        throw new CommandFailure(
            ExitCode.BAD_USAGE,
            "--file must name a file that can be read and holds something: " + moved);
      }
      return new DemoOptions(board.way(), vms, moved.toAbsolutePath(), seed);
    } catch (IllegalArgumentException | IOException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void say(Phase phase, Fleet fleet) {
    int living = fleet.living().size();
    String line =
        switch (phase) {
          case START -> "starting %d VMs".formatted(vms);
          case EXCHANGE ->
              "%d VMs are connected, each with each; exchanging messages of every class"
                  .formatted(living);
          case MEASURE -> "all messages verified by their receivers; measuring two of the VMs";
          case FILE -> "moving a file";
          case PARTING -> "parting";
        };
    System.out.println(line);
    System.out.flush();
  }
}
