package io.myrixen.driver.command;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.info.DomainInfo;
import io.myrixen.driver.info.SystemInfo;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.status.CountersReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myrixen counters}. */
@Command(
    name = "counters",
    description = {
      "Shows what the NIC has counted for the boards of a VM, or of all, under Open-MX's names.",
      "A board counts since it was added, with its closed endpoints; an endpoint since it was",
      "opened. What is 0 is left out, but for --json. Counts are never cleared, since others read",
      "them too. Nothing is asked of the VMs. On Xen they are to be seen in the driver domain."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CountersCommand implements Callable<Integer> {

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "VM",
      description = "Name of a VM or board (default: all).")
  private @Nullable String vm;

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  @Override
  public Integer call() {
    Path directory = runDirectory.path();
    SystemInfo system =
        runDirectory.onXen() ? DomainInfo.read(directory).system() : SystemInfo.read(directory);
    List<BoardInfo> boards = system.boardsOf(vm);
    if (vm != null && boards.isEmpty()) {
      throw new CommandFailure(ExitCode.MISSING, "no VM or board is named " + vm);
    }
    var report = new CountersReport(boards, FreshCounters.read(directory));
    System.out.print(report.text());
    if (json) {
      System.out.println(Json.write(report.json()));
    }
    return ExitCode.DONE;
  }
}
