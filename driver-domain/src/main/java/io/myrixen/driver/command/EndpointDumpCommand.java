package io.myrixen.driver.command;

import io.myrixen.driver.dump.EndpointDump;
import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.info.SystemInfo;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostToolstack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myrixen endpoint dump}. */
@Command(
    name = "dump",
    description = {
      "Shows what endpoints of a VM are at: posted receives, unexpected messages, partners,",
      "positions in the window, and what they wait for. The VM's library is asked through the",
      "store and answers when nobody uses it; of a VM that does not answer the NIC's side alone",
      "is shown, with exit code 1. Lists are cut after 16 entries; their length is told."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class EndpointDumpCommand implements Callable<Integer> {

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Parameters(index = "0", paramLabel = "VM", description = "Name of a VM or board.")
  private String vm = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ENDPOINT",
      description = "Id of an endpoint, on whichever board (default: all that are open).")
  private @Nullable Integer endpointId;

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    List<EndpointDump> dumps = take(runDirectory.path());
    String separator = "";
    for (EndpointDump dump : dumps) {
      System.out.print(separator + dump.text());
      separator = "\n";
    }
    if (json) {
      List<?> objects = dumps.stream().map(EndpointDump::json).toList();
      System.out.println(Json.write(Map.of("endpoints", objects)));
    }
    boolean told = dumps.stream().allMatch(EndpointDump::told);
    return told ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }

  private List<EndpointDump> take(Path directory) throws InterruptedException {
    List<BoardInfo> boards = SystemInfo.read(directory).boardsOf(vm);
    if (boards.isEmpty()) {
      throw new CommandFailure(ExitCode.MISSING, "no VM or board is named " + vm);
    }
    DriverCounters counters = FreshCounters.read(directory);
    var dumps = new ArrayList<EndpointDump>();
    try (HostToolstack toolstack = HostToolstack.connect(directory);
        XenStore store = toolstack.openStore()) {
      for (BoardInfo board : boards) {
        for (int endpoint : board.endpoints()) {
          if (endpointId == null || endpointId == endpoint) {
            dumps.add(EndpointDump.take(store, counters, board, endpoint));
          }
        }
      }
    }
    if (dumps.isEmpty()) {
      throw new CommandFailure(
          ExitCode.MISSING,
          vm + " has no endpoint open" + (endpointId == null ? "" : " with id " + endpointId));
    }
    return dumps;
  }
}
