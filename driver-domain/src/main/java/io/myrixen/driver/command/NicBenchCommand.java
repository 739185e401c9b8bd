package io.myrixen.driver.command;

import io.myrixen.driver.bench.NicBench;
import io.myrixen.driver.bench.Plan;
import io.myrixen.driver.bench.report.BenchJson;
import io.myrixen.driver.bench.report.BenchPage;
import io.myrixen.driver.bench.report.BenchText;
import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.fleet.GuestFailedException;
import io.myrixen.driver.process.Lifetime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code myrixen bench nic}. */
@Command(
    name = "nic",
    description = {
      "Measures what the NIC costs: round trips, bandwidth and message rate between two VMs,",
      "against native processes and relayed VMs on the same NIC, and against three processes that",
      "relay over shared memory without any protocol.",
      "Wants a machine that does nothing else. Exit code 1: it ran, and a bar does not hold."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class NicBenchCommand implements Callable<Integer> {

  private static final int FEWEST_PROCESSORS = 2;

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, in each of which everything is measured once (default: 9; quick: 3).")
  private @Nullable Integer rounds;

  @Option(names = "--quick", description = "Only see that it works; the figures mean little.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one object.")
  private @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots.")
  private @Nullable Path html;

  NicBenchCommand() {
    // picocli sets it before call(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = plan();
    if (Runtime.getRuntime().availableProcessors() < FEWEST_PROCESSORS) {
      throw new CommandFailure(
          ExitCode.MISSING, "needs two processors: a cache line goes from one to the other");
    }
    writable(json);
    writable(html);
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      say("starting the hypervisor and the driver domain");
      Path directory = SystemForCommand.start(runDirectory, lifetime);
      BenchResult result =
          new NicBench(directory, plan, NicBenchCommand::say)
              .run(Version.commit(), commandLine(), lifetime);
      System.out.print(BenchText.of(result));
      System.out.flush();
      if (json != null) {
        Files.writeString(json, BenchJson.of(result) + "\n");
      }
      if (html != null) {
        Files.writeString(html, BenchPage.of(result));
      }
      return result.holds() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
    } catch (GuestFailedException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }

  private Plan plan() {
    Plan plan = quick ? Plan.quick() : Plan.full();
    try {
      return rounds == null ? plan : plan.withRounds(rounds);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes the file now: who waits for minutes wants to know before. */
  private static void writable(@Nullable Path file) {
    if (file != null) {
      try {
        Files.writeString(file, "");
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.BAD_USAGE, "cannot write " + file + ": " + e, e);
      }
    }
  }

  private String commandLine() {
    return "./myrixen "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
