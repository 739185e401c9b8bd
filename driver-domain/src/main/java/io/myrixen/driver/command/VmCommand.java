package io.myrixen.driver.command;

import io.myrixen.driver.process.Jvm;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.process.UserProcess;
import io.myrixen.driver.process.VmDomain;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myrixen vm}. */
@Command(
    name = "vm",
    description = {
      "Runs a Java program as a virtual machine with boards of its own.",
      "The program sees the public API io.myrixen.mx; its class path needs nothing of MyriXen."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example: myrixen vm --name alice -- -cp classes Hello"})
final class VmCommand implements Callable<Integer> {

  /** As many as netback gives to one VM. */
  private static final int MOST_BOARDS = 8;

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name of the VM; its boards are NAME:0, NAME:1 and so on.")
  private String name = "";

  @Option(
      names = "--boards",
      paramLabel = "K",
      description = "Number of boards (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int boards;

  @Parameters(
      arity = "1..*",
      paramLabel = "JAVA-ARGUMENT",
      description = "What would follow 'java': options, class path, main class, its arguments.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws InterruptedException {
    if (boards < 1 || boards > MOST_BOARDS) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--boards must be 1 to %d: %d".formatted(MOST_BOARDS, boards));
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE,
          "--name must be 1 to 64 letters, digits, dots, dashes and underscores: " + name);
    }
    String classPath = System.getenv().getOrDefault("CLASSPATH", "");
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      VmDomain domain = lifetime.keep(VmDomain.create(runDirectory.path(), name, boards));
      UserProcess process =
          lifetime.keep(UserProcess.start(Jvm.user(arguments, classPath), domain.environment()));
      return process.awaitExit();
    }
  }
}
