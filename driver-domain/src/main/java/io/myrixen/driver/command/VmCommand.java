package io.myrixen.driver.command;

import io.myrixen.driver.process.Jvm;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.process.UserProcess;
import io.myrixen.driver.process.VmDomain;
import io.myrixen.netfront.NativeBoardsProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myrixen vm}. */
@Command(
    name = "vm",
    description = {
      "Runs a Java program as a virtual machine with boards of its own.",
      "The program sees the public API io.myrixen.mx; its class path needs nothing of MyriXen.",
      "In a domain of Xen it runs on the boards of that domain."
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
      paramLabel = "NAME",
      description = {
        "Name of the VM; its boards are NAME:0, NAME:1 and so on.",
        "Needed, but on Xen, where it was given when the domain was made."
      })
  private @Nullable String name;

  @Option(
      names = "--boards",
      paramLabel = "K",
      description = "Number of boards (default: 1). On Xen, the devices that were attached.")
  private @Nullable Integer boards;

  @Parameters(
      arity = "1..*",
      paramLabel = "JAVA-ARGUMENT",
      description = "What would follow 'java': options, class path, main class, its arguments.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws InterruptedException {
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      Map<String, String> environment =
          runDirectory.onXen() ? thisDomain() : lifetime.keep(newDomain()).environment();
      String classPath = System.getenv().getOrDefault("CLASSPATH", "");
      UserProcess process =
          lifetime.keep(UserProcess.start(Jvm.user(arguments, classPath), environment));
      return process.awaitExit();
    }
  }

  /** The program finds the boards of the domain by itself, unless it is told of others. */
  private Map<String, String> thisDomain() {
    if (name != null || boards != null) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE,
          "on Xen a VM has the name and the boards that it was made with: no --name, no --boards");
    }
    return Map.of(
        VmDomain.TOKEN_VARIABLE, "", NativeBoardsProvider.SOCKET_ENVIRONMENT_VARIABLE, "");
  }

  private VmDomain newDomain() {
    int count = boards == null ? 1 : boards;
    if (count < 1 || count > MOST_BOARDS) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--boards must be 1 to %d: %d".formatted(MOST_BOARDS, count));
    }
    String given = name;
    if (given == null) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--name is missing");
    }
    if (!given.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE,
          "--name must be 1 to 64 letters, digits, dots, dashes and underscores: " + given);
    }
    return VmDomain.create(runDirectory.path(), given, count);
  }
}
