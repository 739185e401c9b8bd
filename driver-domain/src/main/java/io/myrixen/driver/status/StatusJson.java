package io.myrixen.driver.status;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.service.CounterNames;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.status.SystemStatus.VmStatus;
import io.myrixen.xen.local.HypervisorCounters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A status for machines. */
public final class StatusJson {

  private StatusJson() {}

  /** Returns it as an object; what does not answer is null. */
  public static Map<String, @Nullable Object> of(SystemStatus status) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("hypervisor", hypervisor(status));
    VmStatus driverDomain = status.driverDomain();
    Load load = status.load();
    object.put("driverDomain", driverDomain == null ? null : driverDomain(driverDomain, load));
    object.put("load", load == null ? null : load(load));
    object.put("vms", status.vms().stream().map(StatusJson::vm).toList());
    object.put("nativeBoards", status.nativeBoards().stream().map(BoardInfo::json).toList());
    Map<Long, String> names = status.boardNames();
    object.put("endpoints", load == null ? List.of() : endpoints(load, names));
    return object;
  }

  /** What each open endpoint does. */
  static List<Map<String, Object>> endpoints(Load load, Map<Long, String> boardNames) {
    return load.endpoints().stream().map(of -> endpoint(of, boardNames)).toList();
  }

  private static Map<String, Object> hypervisor(SystemStatus status) {
    HypervisorCounters held = status.hypervisor();
    var object = new LinkedHashMap<String, Object>();
    object.put("pid", status.service().pid());
    object.put("uptimeMs", status.service().uptimeMs());
    object.put("domains", held.domainsNow());
    object.put("grantedPages", held.grantedPagesNow());
    object.put("mappings", held.mappingsNow());
    object.put("ports", held.portsNow());
    object.put("storeOperations", held.storeOperations());
    object.put("refused", held.refused());
    return object;
  }

  private static Map<String, Object> driverDomain(VmStatus domain, @Nullable Load load) {
    var object = new LinkedHashMap<String, Object>();
    object.put("domid", domain.domain().domid());
    object.put("pid", domain.domain().pid());
    object.put("state", domain.process().toString());
    if (load != null) {
      object.putAll(counts(load));
    }
    return object;
  }

  /** What a driver domain has counted. */
  static Map<String, Object> counts(Load load) {
    DriverCounters now = load.now();
    var object = new LinkedHashMap<String, Object>();
    object.put("uptimeMs", load.uptimeMs());
    object.put("devices", now.value(CounterNames.DEVICES));
    object.put("endpoints", now.value(CounterNames.ENDPOINTS));
    object.put("pinnedPages", now.value(CounterNames.PINNED_PAGES));
    object.put("controlRequests", now.value(CounterNames.CONTROL_REQUESTS));
    object.put("refused", now.value(CounterNames.CONTROL_REFUSED));
    object.put("endpointFaults", now.value(CounterNames.ENDPOINT_FAULTS));
    object.put("deviceFaults", now.value(CounterNames.DEVICE_FAULTS));
    return object;
  }

  /** What its NIC does. */
  static Map<String, Object> load(Load load) {
    var object = new LinkedHashMap<String, Object>();
    object.put("seconds", load.seconds());
    object.put("busyShare", load.busyShare());
    object.put("messagesPerSecond", load.messagesPerSecond());
    object.put("bytesPerSecond", load.bytesPerSecond());
    object.put("notificationsPerSecond", load.notificationsPerSecond());
    return object;
  }

  private static Map<String, Object> vm(VmStatus vm) {
    var object = new LinkedHashMap<String, Object>();
    object.put("vm", vm.domain().name());
    object.put("domid", vm.domain().domid());
    object.put("pid", vm.domain().pid());
    object.put("state", vm.process().toString());
    object.put("boards", vm.boards().stream().map(BoardInfo::json).toList());
    return object;
  }

  private static Map<String, Object> endpoint(Load.OfEndpoint of, Map<Long, String> names) {
    var object = new LinkedHashMap<String, Object>();
    object.put("board", names.getOrDefault(of.endpoint().nicId(), "?"));
    object.put("endpoint", of.endpoint().endpointId());
    object.put("sentMessagesPerSecond", of.sentMessages());
    object.put("sentBytesPerSecond", of.sentBytes());
    object.put("pulledBytesPerSecond", of.pulledBytes());
    return object;
  }
}
