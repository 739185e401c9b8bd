package io.myrixen.driver.command;

import io.myrixen.conformance.cases.Cases;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.report.TableReport;
import io.myrixen.conformance.report.XmlReport;
import io.myrixen.conformance.run.Report;
import io.myrixen.conformance.run.Runner;
import io.myrixen.conformance.subject.Subject;
import io.myrixen.conformance.violation.Violations;
import io.myrixen.driver.conformance.BoardSubject;
import io.myrixen.driver.conformance.DomainSubject;
import io.myrixen.driver.conformance.SimulatedSubject;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.mx.MxException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen conformance}. */
@Command(
    name = "conformance",
    description = {
      "Tries every promise of MX on a kind of board, over every path that it has.",
      "Uses the hypervisor and driver domain that run in --run-dir, or brings its own. In a domain",
      "of Xen the boards of kind vm are those of that domain: one, or two if it has a second one.",
      "The last line tells how many were kept and how many broken; exit code 1 if any was."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ConformanceCommand implements Callable<Integer> {

  /** The kinds of boards, as they are written on the command line. */
  enum Kind {
    NATIVE,
    VM,
    RELAYED,
    SIMULATED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Option(
      names = "--board",
      paramLabel = "KIND",
      defaultValue = "vm",
      description = {
        "The boards to try: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
        "The simulated ones are on two NICs, and need neither hypervisor nor driver domain."
      })
  private Kind board = Kind.VM;

  @Option(
      names = "--cases",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Only cases whose names match (default: all).")
  private String names = "";

  @Option(
      names = "--violate",
      paramLabel = "NAME",
      description = "Break one promise on purpose, to see the cases notice.")
  private @Nullable String violation;

  @Option(
      names = "--xml",
      paramLabel = "FILE",
      description = "Write the results as JUnit's XML as well.")
  private @Nullable Path xml;

  @Override
  public Integer call() throws InterruptedException {
    List<ConformanceCase> cases = selected();
    UnaryOperator<Subject> behaviour = behaviour();
    // Told after the end of the lifetime, which what a signal has ended never sees.
    Report report = run(cases, behaviour);
    System.out.print(TableReport.of(report));
    System.out.flush();
    Path file = xml;
    if (file != null) {
      write(report, file);
    }
    return report.failed() == 0 ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }

  private List<ConformanceCase> selected() {
    try {
      Pattern pattern = Pattern.compile(names);
      List<ConformanceCase> cases =
          Cases.all().stream().filter(each -> pattern.matcher(each.name()).matches()).toList();
      if (cases.isEmpty()) {
        throw new CommandFailure(ExitCode.BAD_USAGE, "--cases matches no case: " + names);
      }
      return cases;
    } catch (PatternSyntaxException e) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--cases must be a regular expression: " + e.getMessage(), e);
    }
  }

  private UnaryOperator<Subject> behaviour() {
    String name = violation;
    return name == null
        ? UnaryOperator.identity()
        : Violations.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                    new CommandFailure(
                        ExitCode.BAD_USAGE,
                        "--violate must be one of those in docs/conformance.md: " + name))
            ::committedBy;
  }

  private Report run(List<ConformanceCase> cases, UnaryOperator<Subject> behaviour)
      throws InterruptedException {
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      Subject subject = behaviour.apply(open(lifetime));
      return new Runner(subject, Patience.DEFAULT).run(cases, _ -> {});
    }
  }

  private Subject open(Lifetime lifetime) throws InterruptedException {
    if (board == Kind.VM && runDirectory.onXen()) {
      return openOnXen(lifetime);
    }
    BoardWay way =
        switch (board) {
          case NATIVE -> BoardWay.NATIVE;
          case VM -> BoardWay.VM;
          case RELAYED -> BoardWay.RELAYED;
          case SIMULATED -> null;
        };
    return way == null
        ? SimulatedSubject.open(lifetime)
        : BoardSubject.open(SystemForCommand.start(runDirectory, lifetime), way, lifetime);
  }

  private static Subject openOnXen(Lifetime lifetime) {
    try {
      return DomainSubject.open(lifetime);
    } catch (MxException e) {
      throw new CommandFailure(ExitCode.MISSING, String.valueOf(e.getMessage()), e);
    }
  }

  private static void write(Report report, Path file) {
    try (Writer out = Files.newBufferedWriter(file)) {
      XmlReport.write(report, out);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.MISSING, "cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
