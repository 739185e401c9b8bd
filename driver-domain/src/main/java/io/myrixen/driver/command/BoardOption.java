package io.myrixen.driver.command;

import io.myrixen.driver.process.BoardWay;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** {@code --board}: the same programs on the same NIC, by another way. */
final class BoardOption {

  @Option(
      names = "--board",
      paramLabel = "WAY",
      defaultValue = "vm",
      description = {
        "How the programs come to their boards (default: ${DEFAULT-VALUE}):",
        "vm: each in a VM, through the split driver;",
        "native: as plain processes, to measure what the VM costs;",
        "relayed: in VMs whose messages all pass through netback, to measure what is saved."
      })
  private String word = "";

  /** The way that was chosen. */
  BoardWay way() {
    return Arrays.stream(BoardWay.values())
        .filter(way -> way.toString().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.BAD_USAGE,
                "--board must be one of %s: %s"
                    .formatted(Arrays.toString(BoardWay.values()), word)));
  }
}
