package io.myrixen.driver.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code myrixen simulate} by itself: names the simulations. */
@Command(
    name = "simulate",
    description = "Runs libraries and NICs on a simulated network, on virtual time.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "SIMULATION",
    subcommands = {
      SimulateFaultsCommand.class,
      SimulateSabotagesCommand.class,
      SimulateGarbageCommand.class,
      SimulateGoodputCommand.class,
      SimulateIncastCommand.class
    })
final class SimulateCommand implements Runnable {

  @Spec private CommandSpec spec;

  SimulateCommand() {
    // picocli sets it before run(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a simulation is missing");
  }
}
