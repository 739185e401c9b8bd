package io.myrixen.driver.status;

import io.myrixen.driver.report.Table;
import io.myrixen.driver.service.CounterNames;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.driver.status.SystemStatus.VmStatus;
import io.myrixen.xen.local.HypervisorCounters;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A status for people. */
public final class StatusText {

  /** Below the name of what a line goes on to tell of. */
  private static final String BLANK = " ".repeat(15);

  private StatusText() {}

  /** Returns its lines. */
  public static String of(SystemStatus status) {
    var text = new StringBuilder();
    hypervisor(text, status);
    driverDomain(text, status);
    vms(text, status);
    nativeBoards(text, status);
    endpoints(text, status);
    return text.toString();
  }

  private static void hypervisor(StringBuilder text, SystemStatus status) {
    HypervisorCounters held = status.hypervisor();
    text.append(
        String.format(
            Locale.ROOT,
            "hypervisor     process %d, up %s: domains %,d, pages %,d, mappings %,d, ports %,d\n",
            status.service().pid(),
            uptime(status.service().uptimeMs()),
            held.domainsNow(),
            held.grantedPagesNow(),
            held.mappingsNow(),
            held.portsNow()));
    text.append(
        String.format(
            Locale.ROOT,
            BLANK + "store operations %,d, requests refused %,d\n",
            held.storeOperations(),
            held.refused()));
  }

  private static void driverDomain(StringBuilder text, SystemStatus status) {
    VmStatus domain = status.driverDomain();
    Load load = status.load();
    if (domain == null) {
      text.append(String.format(Locale.ROOT, "driver domain  none\n"));
      return;
    }
    if (load == null) {
      text.append(
          String.format(
              Locale.ROOT,
              "driver domain  domain %d, process %d (%s) publishes nothing\n",
              domain.domain().domid(),
              domain.domain().pid(),
              domain.process()));
      return;
    }
    DriverCounters now = load.now();
    text.append(
        String.format(
            Locale.ROOT,
            "driver domain  domain %d, process %d (%s), up %s: devices %,d, endpoints %,d\n",
            domain.domain().domid(),
            domain.domain().pid(),
            domain.process(),
            uptime(load.uptimeMs()),
            now.value(CounterNames.DEVICES),
            now.value(CounterNames.ENDPOINTS)));
    text.append(
        String.format(
            Locale.ROOT,
            BLANK + "pages %,d, requests %,d, refused %,d; faults: endpoints %,d, devices %,d\n",
            now.value(CounterNames.PINNED_PAGES),
            now.value(CounterNames.CONTROL_REQUESTS),
            now.value(CounterNames.CONTROL_REFUSED),
            now.value(CounterNames.ENDPOINT_FAULTS),
            now.value(CounterNames.DEVICE_FAULTS)));
    text.append(
        String.format(
            Locale.ROOT,
            "NIC            busy %.0f %%, %,.0f messages/s, %.3f GB/s, "
                + "%,.0f notifications/s in %.1f s\n",
            100 * load.busyShare(),
            load.messagesPerSecond(),
            load.bytesPerSecond() / 1e9,
            load.notificationsPerSecond(),
            load.seconds()));
  }

  private static void vms(StringBuilder text, SystemStatus status) {
    if (status.vms().isEmpty()) {
      text.append("\nno VMs\n");
      return;
    }
    var table = new Table("VM", "domain", "process", "state", "boards", "connected");
    for (VmStatus vm : status.vms()) {
      table.row(
          vm.domain().name(),
          vm.domain().domid(),
          vm.domain().pid() == 0 ? "-" : vm.domain().pid(),
          vm.process(),
          vm.boards().size(),
          vm.connectedBoards());
    }
    text.append('\n').append(table);
  }

  private static void nativeBoards(StringBuilder text, SystemStatus status) {
    if (!status.nativeBoards().isEmpty()) {
      var table = new Table("native board", "NIC id");
      status.nativeBoards().forEach(board -> table.row(board.hostname(), board.mac()));
      text.append('\n').append(table);
    }
  }

  private static void endpoints(StringBuilder text, SystemStatus status) {
    Load load = status.load();
    if (load == null || load.endpoints().isEmpty()) {
      return;
    }
    Map<Long, String> names = status.boardNames();
    var table = new Table("board", "endpoint", "messages/s sent", "GB/s sent", "GB/s pulled");
    for (Load.OfEndpoint of : load.endpoints()) {
      EndpointId endpoint = of.endpoint();
      table.row(
          names.getOrDefault(endpoint.nicId(), "?"),
          endpoint.endpointId(),
          String.format(Locale.ROOT, "%,.0f", of.sentMessages()),
          String.format(Locale.ROOT, "%.3f", of.sentBytes() / 1e9),
          String.format(Locale.ROOT, "%.3f", of.pulledBytes() / 1e9));
    }
    text.append('\n').append(table);
  }

  private static String uptime(long ms) {
    Duration up = Duration.ofMillis(ms);
    if (up.toDays() > 0) {
      return "%d d %d h".formatted(up.toDays(), up.toHoursPart());
    }
    return up.toHours() > 0
        ? "%d h %d min".formatted(up.toHours(), up.toMinutesPart())
        : "%d min %d s".formatted(up.toMinutes(), up.toSecondsPart());
  }
}
