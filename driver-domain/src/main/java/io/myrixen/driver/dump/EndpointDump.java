package io.myrixen.driver.dump;

import io.myrixen.driver.dump.Answer.Told;
import io.myrixen.driver.dump.Answer.Untold;
import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.report.Table;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.nic.NicCounter;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is at, from both sides of its window: from the NIC's by its counters, from the
 * library's as the VM tells it.
 */
public final class EndpointDump {

  private final BoardInfo board;
  private final int endpointId;
  private final Map<String, Long> nic;
  private final Answer answer;

  EndpointDump(BoardInfo board, int endpointId, Map<String, Long> nic, Answer answer) {
    this.board = board;
    this.endpointId = endpointId;
    this.nic = nic;
    this.answer = answer;
  }

  /**
   * Asks.
   *
   * @param store dom0's view of the store
   * @param counters the driver domain's, a moment ago
   */
  public static EndpointDump take(
      XenStore store, DriverCounters counters, BoardInfo board, int endpointId)
      throws InterruptedException {
    Map<String, Long> nic = nic(counters, new EndpointId(board.nicId(), endpointId));
    for (DeviceNodes device : new DeviceTree(store).devicesOf(board.domid())) {
      if (device.deviceId() == board.board()) {
        var question = new LibraryQuestion(store, device, LibraryQuestion.LIMIT);
        Answer answer = question.ask(endpointId);
        return new EndpointDump(board, endpointId, nic, answer);
      }
    }
    boolean bare = board.domid() == BoardInfo.NO_DOMAIN;
    String why = bare ? "a native process has no device to ask it by" : "the device is gone";
    return new EndpointDump(board, endpointId, nic, new Untold(why));
  }

  /** Positions are counts: every queue of a window begins at 0. */
  private static Map<String, Long> nic(DriverCounters counters, EndpointId endpoint) {
    long begun = counters.endpoint(endpoint, NicCounter.PULL);
    long refused = counters.endpoint(endpoint, NicCounter.RECEIVED_PULL_NACK);
    long ended =
        counters.endpoint(endpoint, NicCounter.PULLS_DONE)
            + counters.endpoint(endpoint, NicCounter.PULLS_ABORTED);
    long full = counters.endpoint(endpoint, NicCounter.RECEIVER_FULL);
    var nic = new LinkedHashMap<String, Long>();
    nic.put("commands-taken", counters.endpoint(endpoint, NicCounter.COMMANDS));
    nic.put(
        "events-written",
        counters.endpoint(endpoint, NicCounter.DELIVERIES)
            + counters.endpoint(endpoint, NicCounter.RECEIVED_NACK));
    nic.put("completions-written", full + refused + ended);
    nic.put("pulls-under-way", begun - refused - ended);
    nic.put("event-queue-full", counters.endpoint(endpoint, NicCounter.EVENT_QUEUE_FULL));
    nic.put("notifications", counters.endpoint(endpoint, NicCounter.NOTIFICATIONS));
    return nic;
  }

  /** Whether the library has told. */
  public boolean told() {
    return answer instanceof Told;
  }

  /** For people. */
  public String text() {
    var text = new StringBuilder();
    text.append(board.hostname()).append(" endpoint ").append(endpointId).append('\n');
    text.append("  nic: ").append(pairs(nic)).append('\n');
    switch (answer) {
      case Untold untold -> text.append("  library: ").append(untold.why()).append('\n');
      case Told told -> lines(text, told.lines());
    }
    return text.toString();
  }

  /** Lines that follow each other and tell of the same things are a table's rows. */
  private static void lines(StringBuilder text, List<DumpLine> lines) {
    for (int at = 0; at < lines.size(); ) {
      DumpLine line = lines.get(at);
      int end = at + 1;
      while (end < lines.size() && alike(line, lines.get(end))) {
        end++;
      }
      if (listed(line)) {
        text.append(table(lines.subList(at, end)).toString().indent(2));
      } else {
        lines.subList(at, end).forEach(each -> single(text, each));
      }
      at = end;
    }
  }

  /** Words of which there may be many, in the order of the library's queues. */
  private static boolean listed(DumpLine line) {
    return switch (line.word()) {
      case "receive", "message", "partner" -> true;
      default -> false;
    };
  }

  private static boolean alike(DumpLine one, DumpLine other) {
    return one.word().equals(other.word()) && one.values().keySet().equals(other.values().keySet());
  }

  private static Table table(List<DumpLine> rows) {
    var table = new Table(rows.getFirst().values().keySet().toArray(String[]::new));
    rows.forEach(row -> table.row(row.values().values().toArray()));
    return table;
  }

  private static void single(StringBuilder text, DumpLine line) {
    text.append("  ").append(line.word()).append(": ").append(pairs(line.values())).append('\n');
  }

  private static String pairs(Map<String, ?> values) {
    var pairs = new ArrayList<String>();
    values.forEach((key, value) -> pairs.add(key + " " + value));
    return String.join(", ", pairs);
  }

  /** For machines: under each word of the library a list of what it told. */
  public Map<String, @Nullable Object> json() {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("vm", board.vm());
    object.put("board", board.board());
    object.put("endpoint", endpointId);
    object.put("nic", nic);
    switch (answer) {
      case Untold untold -> {
        object.put("library", null);
        object.put("why", untold.why());
      }
      case Told told -> {
        var library = new LinkedHashMap<String, List<Map<String, Object>>>();
        for (DumpLine line : told.lines()) {
          library.computeIfAbsent(line.word(), _ -> new ArrayList<>()).add(line.json());
        }
        object.put("library", library);
      }
    }
    return object;
  }
}
