package io.myrixen.driver.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code myrixen endpoint}: what can be done with one endpoint. */
@Command(
    name = "endpoint",
    description = "Looks into endpoints of running VMs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = EndpointDumpCommand.class)
final class EndpointCommand implements Runnable {

  @Spec private CommandSpec spec;

  EndpointCommand() {
    // picocli sets it before run(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
