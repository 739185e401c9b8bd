package io.myrixen.driver.demo;

import io.myrixen.driver.fleet.EchoMeasurement;
import io.myrixen.driver.fleet.EchoTable;
import io.myrixen.driver.report.Table;
import java.util.ArrayList;
import java.util.List;

/** A demo's report for people. */
public final class DemoText {

  /** As many names as a matrix of columns holds on a screen. */
  private static final int MATRIX_VMS = 12;

  private DemoText() {}

  /** Returns the whole report. */
  public static String of(DemoReport report) {
    var text = new StringBuilder();
    whoTalkedToWhom(text, report);
    echoes(text, report.echoes());
    file(text, report);
    dataPath(text, report);
    verdict(text, report);
    return text.toString();
  }

  private static void whoTalkedToWhom(StringBuilder text, DemoReport report) {
    text.append(
        "\nWho talked to whom: messages sent from row to column, received and verified\n\n");
    List<String> names = report.names();
    if (names.size() > MATRIX_VMS) {
      text.append(
          "  %,d messages between %d VMs, each with each\n"
              .formatted(report.messages(), names.size()));
      return;
    }
    var titles = new ArrayList<String>();
    titles.add("");
    titles.addAll(names);
    var table = new Table(titles.toArray(String[]::new));
    for (int sender = 0; sender < names.size(); sender++) {
      var row = new ArrayList<Object>();
      row.add(names.get(sender));
      for (int receiver = 0; receiver < names.size(); receiver++) {
        row.add(sender == receiver ? "-" : "%,d".formatted(report.verified(sender, receiver)));
      }
      table.row(row.toArray());
    }
    text.append(table);
  }

  private static void echoes(StringBuilder text, List<EchoMeasurement> echoes) {
    if (!echoes.isEmpty()) {
      text.append("\nLatency and bandwidth by size, between the first two VMs\n\n");
      text.append(EchoTable.of(echoes));
    }
  }

  private static void file(StringBuilder text, DemoReport report) {
    FileResult file = report.file();
    text.append("\nFile moved from VM to VM\n\n");
    if (file == null) {
      text.append("  not moved to the end\n");
      return;
    }
    text.append(
        "  %s\n  %,d bytes from %s to %s in %.2f s, %.2f GB/s\n  SHA-256 %s %s\n"
            .formatted(
                file.file(),
                file.bytes(),
                file.from(),
                file.to(),
                file.seconds(),
                file.gbytesPerSecond(),
                file.sha256(),
                file.sha256Ok() ? "verified" : "DIFFERS at the receiver"));
  }

  private static void dataPath(StringBuilder text, DemoReport report) {
    DataPath path = report.dataPath();
    text.append("\nWhat the data path did, from the first message to the last verification\n\n");
    var table = new Table("", "count");
    table.row("control requests to netback", "%,d".formatted(path.controlRequests()));
    table.row("grant operations", "%,d".formatted(path.grantOperations()));
    table.row("store operations", "%,d".formatted(path.storeOperations()));
    table.row("event-channel notifications", "%,d".formatted(path.notifications()));
    text.append(table);
    text.append(
        "\n  apart: %,d registrations of memory since the start, %,d of them in between\n"
            .formatted(report.registrations(), path.registrations()));
    if (!report.died().isEmpty()) {
      text.append("  the death of %s is in these numbers\n".formatted(names(report.died())));
    }
  }

  private static void verdict(StringBuilder text, DemoReport report) {
    text.append('\n');
    report.allProblems().forEach(problem -> text.append("  wrong: ").append(problem).append('\n'));
    if (!report.died().isEmpty()) {
      text.append(
          "  died: %s; %,d messages to or from the dead ended with a status\n"
              .formatted(names(report.died()), report.endedByDeath()));
    }
    if (!report.dataPathClean()) {
      text.append("  wrong: the data path did more than move messages\n");
    }
    text.append(
        "%s: %,d messages, %,d bytes, %,d corrupt, %,d lost, %.1f s\n"
            .formatted(
                report.good() ? "All well" : "SOMETHING IS WRONG",
                report.messages(),
                report.bytes(),
                report.corrupt(),
                report.lost(),
                report.seconds()));
  }

  private static String names(List<String> names) {
    return String.join(", ", names);
  }
}
