package io.myrixen.driver.command;

import io.myrixen.driver.bench.Plan;
import io.myrixen.driver.bench.match.MatchBench;
import io.myrixen.driver.bench.match.MatchReport;
import io.myrixen.driver.bench.match.MatchResult;
import io.myrixen.driver.fleet.GuestFailedException;
import io.myrixen.driver.process.Lifetime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code myrixen bench match}. */
@Command(
    name = "match",
    description = {
      "Measures what one send-receive costs while 10 to 10,000 receives are posted,",
      "or as many unexpected messages are queued: an endpoint to itself, and one VM",
      "to another in this JVM; beside MPICH and Open MPI where an mpicc and mpirun of",
      "theirs are on the PATH.",
      "Wants a machine that does nothing else. Exit code 1: it ran, and a bar does not hold."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class MatchBenchCommand implements Callable<Integer> {

  @Mixin private final BenchOptions options = new BenchOptions();

  @Spec private CommandSpec spec;

  MatchBenchCommand() {
    // picocli sets it before call(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = options.plan(MatchBench.full(), MatchBench.quick());
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      Path directory = SystemForCommand.privateDirectory(lifetime);
      MatchResult result =
          new MatchBench(plan, BenchOptions::say)
              .run(Version.commit(), BenchOptions.commandLine(spec), directory, lifetime);
      options.print(MatchReport.text(result), MatchReport.json(result));
      return result.holds() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
    } catch (GuestFailedException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }
}
