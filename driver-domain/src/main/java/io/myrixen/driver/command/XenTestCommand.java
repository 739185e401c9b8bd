package io.myrixen.driver.command;

import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.xentest.Step;
import io.myrixen.driver.xentest.XenTest;
import io.myrixen.driver.xentest.XenTestOptions;
import io.myrixen.driver.xentest.XenTestResult;
import io.myrixen.driver.xentest.tool.MissingHereException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myrixen xen-test}. */
@Command(
    name = "xen-test",
    description = {
      "Tries everything on real Xen, emulated here: no root, no hypervisor needed.",
      "Fetches Debian's Xen, a kernel and, if it is missing, QEMU, into a cache;",
      "boots domain 0, a driver domain and two VMs; judges by what they report.",
      "See docs/xen.md. The last line tells how many steps passed. Exit code 1",
      "if one did not, 3 if something that it needs cannot be had here."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class XenTestCommand implements Callable<Integer> {

  /** Where the launcher puts the contract that substrates are held to, beside our own jars. */
  private static final String CONTRACT_PROPERTY = "myrixen.contract";

  /** Tries that contract; in its jars. */
  private static final String CONTRACT_MAIN = "io.myrixen.xen.devices.ContractMain";

  @Option(
      names = "--steps",
      paramLabel = "REGEX",
      description = {
        "Only steps whose names match, and the first, which makes the domains.",
        "Default: all but whole-conformance, which takes as long as all others."
      })
  private @Nullable String names;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = {
        "Directory of packages, runtimes and logs, kept between runs.",
        "Default: $XDG_CACHE_HOME/myrixen/xen-test, else ~/.cache/myrixen/xen-test."
      })
  private @Nullable Path cache;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Directory for the logs (default: a new one in the cache).")
  private @Nullable Path logs;

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    XenTestOptions options = options();
    try {
      XenTestResult result = run(options);
      System.out.print(result.text());
      if (json) {
        System.out.println(result.json());
      }
      System.out.flush();
      return result.good() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
    } catch (MissingHereException | IOException e) {
      throw new CommandFailure(ExitCode.MISSING, String.valueOf(e.getMessage()), e);
    }
  }

  private static XenTestResult run(XenTestOptions options)
      throws IOException, InterruptedException {
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      return new XenTest(options, XenTestCommand::say).run(lifetime);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private XenTestOptions options() {
    try {
      Pattern pattern = names == null ? null : Pattern.compile(names);
      List<Step> plan =
          Stream.of(Step.values())
              .filter(step ->
                  step == Step.DOMAINS
                      || (pattern == null
                          ? !step.takesLong()
                          : pattern.matcher(step.label()).matches()))
              .toList();
      Path directory = cache == null ? standardCache() : cache;
      Path logDirectory = logs == null ? null : logs.toAbsolutePath();
      String contract = System.getProperty(CONTRACT_PROPERTY);
      return new XenTestOptions(
          plan,
          directory.toAbsolutePath(),
          logDirectory,
          contract == null ? null : Path.of(contract),
          contract == null
              ? List.of(Training.class.getName())
              : List.of(Training.class.getName(), CONTRACT_MAIN));
    } catch (PatternSyntaxException e) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--steps must be a regular expression: " + e.getMessage(), e);
    }
  }

  private static Path standardCache() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path caches =
        given != null && !given.isEmpty()
            ? Path.of(given)
            : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("myrixen").resolve("xen-test");
  }
}
