package io.myrixen.driver.bench.report;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.bench.result.Machine;
import io.myrixen.driver.bench.result.Metric;
import io.myrixen.driver.bench.result.Placement;
import io.myrixen.driver.bench.result.Ratio;
import io.myrixen.driver.bench.result.Row;
import io.myrixen.driver.bench.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A run as one page that needs nothing else: verdicts, plots, tables. */
public final class BenchPage {

  private final StringBuilder html = new StringBuilder();
  private final BenchResult result;

  private BenchPage(BenchResult result) {
    this.result = result;
  }

  /** Returns the page. */
  public static String of(BenchResult result) {
    return new BenchPage(result).write();
  }

  private String write() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>MyriXen: what the NIC costs</title>\n<style>\n")
        .append(PageStyle.CSS)
        .append("</style>\n</head>\n<body>\n");
    head();
    plots();
    table(Sheet.ratios(result));
    Sheet.metrics(result).forEach(this::table);
    return html.append("</body>\n</html>\n").toString();
  }

  private void head() {
    Machine machine = result.machine();
    html.append("<h1>MyriXen: what the NIC costs</h1>\n")
        .append(
            "<p class=\"soft\">%d rounds on %d processors (%s), %s, Java %s, commit %s</p>\n"
                .formatted(
                    result.rounds(),
                    machine.cores(),
                    Svg.escape(machine.cpu()),
                    Svg.escape(machine.kernel()),
                    Svg.escape(machine.jdk()),
                    Svg.escape(result.commit())))
        .append("<p><code>%s</code></p>\n".formatted(Svg.escape(result.command())))
        .append("<ul class=\"verdicts\">\n");
    for (Verdict verdict : result.verdicts()) {
      String word = verdict.holds() ? "holds" : "fails";
      html.append(
          "<li><span class=\"%s\">%s</span> %s: %s</li>\n"
              .formatted(word, word, Svg.escape(verdict.bar()), Svg.escape(verdict.detail())));
    }
    html.append("</ul>\n");
    for (String note : Notes.of(result)) {
      html.append("<p>").append(Svg.escape(note)).append("</p>\n");
    }
  }

  private void plots() {
    Placement main = result.readings().mainPlacement();
    List<Row> plotted =
        result.readings().rows().stream()
            .filter(row -> row.placement() == main)
            .filter(row -> !Implementation.RELAY_VARIANTS.contains(row.implementation()))
            .toList();
    html.append("<h2>Plots</h2>\n<div class=\"plots\">\n");
    for (Metric metric : Metric.values()) {
      List<Row> own = plotted.stream().filter(row -> row.point().metric() == metric).toList();
      if (own.stream().map(Row::point).distinct().count() > 1) {
        figure(
            metric.title(),
            new SizePlot(metric, own).toString(),
            "Median of the rounds with the processors %s; bars from the least to the greatest."
                .formatted(main.label()));
      }
    }
    var byPair = new LinkedHashMap<String, List<Ratio>>();
    for (Ratio ratio : result.ratios()) {
      byPair.computeIfAbsent(ratio.label(), _ -> new ArrayList<>()).add(ratio);
    }
    byPair.forEach((pair, ratios) ->
        figure(
            pair,
            new RatioPlot(ratios).toString(),
            "Median of pairs of one round and one placement, and its interval; the band is 5 %."));
    html.append("</div>\n");
  }

  private void figure(String title, String svg, String caption) {
    html.append("<figure>\n<h3>%s</h3>\n".formatted(Svg.escape(title)))
        .append(svg)
        .append("<figcaption>%s</figcaption>\n</figure>\n".formatted(Svg.escape(caption)));
  }

  private void table(Sheet sheet) {
    html.append("<h2>%s</h2>\n".formatted(Svg.escape(sheet.title())))
        .append("<div class=\"scroll\"><table>\n");
    cells("th", sheet.heads());
    sheet.rows().forEach(row -> cells("td", row));
    html.append("</table></div>\n");
  }

  private void cells(String tag, List<String> cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append("<%s>%s</%s>".formatted(tag, Svg.escape(cell), tag));
    }
    html.append("</tr>\n");
  }
}
