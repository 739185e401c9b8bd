package io.myrixen.driver.status;

import io.myrixen.driver.report.Table;
import io.myrixen.driver.status.SystemStatus.VmStatus;
import io.myrixen.xen.local.HypervisorCounters;
import java.util.Locale;

/** A status for people. */
public final class StatusText {

  private StatusText() {}

  /** Returns its lines. */
  public static String of(SystemStatus status) {
    var text = new StringBuilder();
    hypervisor(text, status);
    driverDomain(text, status);
    vms(text, status);
    nativeBoards(text, status);
    Load load = status.load();
    if (load != null) {
      text.append(LoadText.endpoints(load, status.boardNames()));
    }
    return text.toString();
  }

  private static void hypervisor(StringBuilder text, SystemStatus status) {
    HypervisorCounters held = status.hypervisor();
    text.append(
        String.format(
            Locale.ROOT,
            "hypervisor     process %d, up %s: domains %,d, pages %,d, mappings %,d, ports %,d\n",
            status.service().pid(),
            LoadText.uptime(status.service().uptimeMs()),
            held.domainsNow(),
            held.grantedPagesNow(),
            held.mappingsNow(),
            held.portsNow()));
    text.append(
        String.format(
            Locale.ROOT,
            LoadText.BLANK + "store operations %,d, requests refused %,d\n",
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
    text.append(
        LoadText.of(
            "domain %d, process %d (%s)"
                .formatted(domain.domain().domid(), domain.domain().pid(), domain.process()),
            load));
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
}
