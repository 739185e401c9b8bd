package io.myrixen.driver.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code myrixen bench} by itself: names the benchmarks. */
@Command(
    name = "bench",
    description = "Measures implementations against each other, in turns within one run.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {NicBenchCommand.class, MatchBenchCommand.class})
final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  BenchCommand() {
    // picocli sets it before run(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a benchmark is missing");
  }
}
