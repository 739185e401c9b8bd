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

  @Mixin private final BenchOptions options = new BenchOptions();

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Spec private CommandSpec spec;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots.")
  private @Nullable Path html;

  NicBenchCommand() {
    // picocli sets it before call(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = options.plan(Plan.full(), Plan.quick());
    if (Runtime.getRuntime().availableProcessors() < FEWEST_PROCESSORS) {
      throw new CommandFailure(
          ExitCode.MISSING, "needs two processors: a cache line goes from one to the other");
    }
    BenchOptions.writable(html);
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      BenchOptions.say("starting the hypervisor and the driver domain");
      Path directory = SystemForCommand.start(runDirectory, lifetime);
      BenchResult result =
          new NicBench(directory, plan, BenchOptions::say)
              .run(Version.commit(), BenchOptions.commandLine(spec), lifetime);
      options.print(BenchText.of(result), BenchJson.of(result));
      if (html != null) {
        Files.writeString(html, BenchPage.of(result));
      }
      return result.holds() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
    } catch (GuestFailedException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }
}
