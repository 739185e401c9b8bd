package io.myrixen.driver.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code myrixen} by itself: names the commands. */
@Command(
    name = "myrixen",
    description = "Many virtual machines share one message-passing NIC as if each owned it.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 done, 1 something is wrong, 2 bad usage, 3 something is missing."})
final class RootCommand implements Runnable {

  @Spec private CommandSpec spec;

  RootCommand() {
    // picocli sets it before run(); until then there is one that names nothing.
    this.spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
