package io.myrixen.driver.status;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.report.Table;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.nic.NicCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the NIC has counted for some boards and their open endpoints. */
public final class CountersReport {

  private final List<BoardInfo> boards;
  private final DriverCounters counters;

  /** Reports on {@code boards} what stands in {@code counters}. */
  public CountersReport(List<BoardInfo> boards, DriverCounters counters) {
    this.boards = boards;
    this.counters = counters;
  }

  /** For people: a table for each board, with a line for each counter that has counted anything. */
  public String text() {
    var text = new StringBuilder();
    for (BoardInfo board : boards) {
      text.append(text.isEmpty() ? "" : "\n");
      text.append(board.hostname()).append(' ').append(board.mac()).append('\n');
      text.append(table(board));
    }
    return text.toString();
  }

  private Table table(BoardInfo board) {
    var titles = new ArrayList<>(List.of("counter", "board"));
    board.endpoints().forEach(endpoint -> titles.add("endpoint " + endpoint));
    var table = new Table(titles.toArray(String[]::new));
    for (NicCounter counter : NicCounter.values()) {
      if (counters.board(board.nicId(), counter) != 0) {
        var row = new ArrayList<Object>();
        row.add(counter.label());
        row.add(counters.board(board.nicId(), counter));
        board.endpoints().forEach(endpoint -> row.add(of(board, endpoint, counter)));
        table.row(row.toArray());
      }
    }
    return table;
  }

  private long of(BoardInfo board, int endpoint, NicCounter counter) {
    return counters.endpoint(new EndpointId(board.nicId(), endpoint), counter);
  }

  /** For machines: every counter by its label, those that are 0 included. */
  public Map<String, Object> json() {
    var reports = new ArrayList<Map<String, Object>>();
    for (BoardInfo board : boards) {
      var report = new LinkedHashMap<String, Object>();
      report.put("vm", board.vm());
      report.put("board", board.board());
      report.put("nicId", board.mac());
      report.put("counters", ofBoard(board));
      var endpoints = new ArrayList<Map<String, Object>>();
      for (int endpoint : board.endpoints()) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("endpoint", endpoint);
        entry.put("counters", ofEndpoint(board, endpoint));
        endpoints.add(entry);
      }
      report.put("endpoints", endpoints);
      reports.add(report);
    }
    return Map.of("boards", reports);
  }

  private Map<String, Object> ofBoard(BoardInfo board) {
    var values = new LinkedHashMap<String, Object>();
    for (NicCounter counter : NicCounter.values()) {
      values.put(counter.label(), counters.board(board.nicId(), counter));
    }
    return values;
  }

  private Map<String, Object> ofEndpoint(BoardInfo board, int endpoint) {
    var values = new LinkedHashMap<String, Object>();
    for (NicCounter counter : NicCounter.values()) {
      values.put(counter.label(), of(board, endpoint, counter));
    }
    return values;
  }
}
