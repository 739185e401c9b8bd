package io.myrixen.driver.command;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.info.DomainInfo;
import io.myrixen.driver.info.SystemInfo;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.report.Table;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code myrixen info}. */
@Command(
    name = "info",
    description = {
      "Shows what VMs find each other by: boards with their names and NIC ids, endpoints, peers.",
      "How the system fares is in status. In a domain of Xen it shows what that domain may see: a",
      "VM its own boards, the driver domain those of all VMs."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class InfoCommand implements Callable<Integer> {

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  @Override
  public Integer call() {
    SystemInfo info;
    if (runDirectory.onXen()) {
      DomainInfo domain = DomainInfo.read(runDirectory.path());
      info = domain.system();
      System.out.print(
          "MyriXen in domain %d (%s) of Xen\n".formatted(domain.domid(), domain.name()));
      System.out.print(text(info));
      if (!domain.serves()) {
        System.out.print(
            "\nOpen endpoints and boards of other VMs the driver domain alone sees.\n");
      }
    } else {
      info = SystemInfo.read(runDirectory.path());
      System.out.print("MyriXen in " + runDirectory.path() + "\n");
      System.out.print(text(info));
    }
    if (json) {
      var object = new LinkedHashMap<String, Object>();
      object.put("driverDomain", info.driverDomid());
      object.put("boards", info.boards().stream().map(BoardInfo::json).toList());
      System.out.println(Json.write(object));
    }
    return ExitCode.DONE;
  }

  private static String text(SystemInfo info) {
    var text = new StringBuilder();
    text.append(
        info.driverDomid() < 0
            ? "no driver domain\n"
            : "driver domain: domain %d\n".formatted(info.driverDomid()));
    if (info.boards().isEmpty()) {
      return text.append("no boards\n").toString();
    }
    text.append("\nBoards\n");
    var boards = new Table("VM", "domain", "board", "NIC id", "way", "state", "open endpoints");
    for (BoardInfo board : info.boards()) {
      String endpoints =
          board.endpoints().stream().map(String::valueOf).collect(Collectors.joining(" "));
      boards.row(
          board.vm(),
          board.domid() == BoardInfo.NO_DOMAIN ? "-" : board.domid(),
          board.board(),
          board.mac(),
          board.way(),
          board.state(),
          endpoints.isEmpty() ? "-" : endpoints);
    }
    text.append(boards);
    text.append("\nPeers, as everybody finds them\n");
    var peers = new Table("INDEX", "NIC id", "host name");
    int index = 0;
    for (BoardInfo board : info.boards()) {
      if (board.reachable()) {
        peers.row(index++, board.mac(), board.hostname());
      }
    }
    return text.append(peers).toString();
  }
}
