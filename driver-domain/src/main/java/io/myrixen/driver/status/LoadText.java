package io.myrixen.driver.status;

import io.myrixen.driver.report.Table;
import io.myrixen.driver.service.CounterNames;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.service.DriverCounters.EndpointId;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What a driver domain publishes of itself, for people. */
final class LoadText {

  /** Below the name of what a line goes on to tell of. */
  static final String BLANK = " ".repeat(15);

  private LoadText() {}

  /** Returns the lines on the driver domain, which is called {@code who}, and on its NIC. */
  static String of(String who, Load load) {
    DriverCounters now = load.now();
    return String.format(
            Locale.ROOT,
            "driver domain  %s, up %s: devices %,d, endpoints %,d\n",
            who,
            uptime(load.uptimeMs()),
            now.value(CounterNames.DEVICES),
            now.value(CounterNames.ENDPOINTS))
        + String.format(
            Locale.ROOT,
            BLANK + "pages %,d, requests %,d, refused %,d; faults: endpoints %,d, devices %,d\n",
            now.value(CounterNames.PINNED_PAGES),
            now.value(CounterNames.CONTROL_REQUESTS),
            now.value(CounterNames.CONTROL_REFUSED),
            now.value(CounterNames.ENDPOINT_FAULTS),
            now.value(CounterNames.DEVICE_FAULTS))
        + String.format(
            Locale.ROOT,
            "NIC            busy %.0f %%, %,.0f messages/s, %.3f GB/s, "
                + "%,.0f notifications/s in %.1f s\n",
            100 * load.busyShare(),
            load.messagesPerSecond(),
            load.bytesPerSecond() / 1e9,
            load.notificationsPerSecond(),
            load.seconds());
  }

  /** Returns the table of open endpoints, after an empty line; nothing if there are none. */
  static String endpoints(Load load, Map<Long, String> boardNames) {
    if (load.endpoints().isEmpty()) {
      return "";
    }
    var table = new Table("board", "endpoint", "messages/s sent", "GB/s sent", "GB/s pulled");
    for (Load.OfEndpoint of : load.endpoints()) {
      EndpointId endpoint = of.endpoint();
      table.row(
          boardNames.getOrDefault(endpoint.nicId(), "?"),
          endpoint.endpointId(),
          String.format(Locale.ROOT, "%,.0f", of.sentMessages()),
          String.format(Locale.ROOT, "%.3f", of.sentBytes() / 1e9),
          String.format(Locale.ROOT, "%.3f", of.pulledBytes() / 1e9));
    }
    return "\n" + table;
  }

  /** Returns a time of at least minutes, roughly. */
  static String uptime(long ms) {
    Duration up = Duration.ofMillis(ms);
    if (up.toDays() > 0) {
      return "%d d %d h".formatted(up.toDays(), up.toHoursPart());
    }
    return up.toHours() > 0
        ? "%d h %d min".formatted(up.toHours(), up.toMinutesPart())
        : "%d min %d s".formatted(up.toMinutes(), up.toSecondsPart());
  }
}
