package io.myrixen.driver.info;

import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.DriverDomainNode;
import io.myrixen.driver.service.DriverCounters;
import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.netback.NativeBoardNodes;
import io.myrixen.netback.NativeBoardNodes.NativeBoard;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceEnd;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.host.HostToolstack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a running system consists of.
 *
 * @param driverDomid id of the driver domain, or -1 if none lives
 * @param boards every board: those of VMs by VM and number, then those of native processes
 */
public record SystemInfo(int driverDomid, List<BoardInfo> boards) {

  /** Copies the boards. */
  public SystemInfo {
    boards = List.copyOf(boards);
  }

  /**
   * Looks at the system in {@code runDirectory}.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if none runs there
   */
  public static SystemInfo read(Path runDirectory) {
    Set<EndpointId> open = openEndpoints(runDirectory);
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory);
        XenStore store = toolstack.openStore()) {
      @Nullable Integer driverDomid = DriverDomainNode.find(store);
      var boards = new ArrayList<BoardInfo>();
      for (DeviceNodes device : new DeviceTree(store).devices()) {
        String name = store.find(DeviceNodes.domain(device.frontendDomid()) + "/name");
        if (name != null) {
          boards.add(board(store, device, name, open));
        }
      }
      if (driverDomid != null) {
        for (NativeBoard board : NativeBoardNodes.read(store, driverDomid)) {
          boards.add(nativeBoard(board, open));
        }
      }
      return new SystemInfo(driverDomid == null ? -1 : driverDomid, boards);
    }
  }

  /** The boards of the VM with that name, or the board with that host name; all if it is null. */
  public List<BoardInfo> boardsOf(@Nullable String name) {
    return boards.stream()
        .filter(board -> name == null || board.vm().equals(name) || board.hostname().equals(name))
        .toList();
  }

  static BoardInfo board(XenStore store, DeviceNodes device, String vm, Set<EndpointId> open) {
    // What the toolstack wrote: a VM can write what it likes at its own end.
    DeviceEnd backend = DeviceEnd.backend(device);
    long nicId = nicId(backend.find(store, HandshakeKeys.NIC_ID));
    String hostname = backend.find(store, HandshakeKeys.NAME);
    return new BoardInfo(
        vm,
        device.frontendDomid(),
        device.deviceId(),
        hostname == null ? "?" : hostname,
        nicId,
        "1".equals(backend.find(store, HandshakeKeys.RELAYED)) ? BoardWay.RELAYED : BoardWay.VM,
        DeviceEnd.frontend(device).state(store).name().toLowerCase(Locale.ROOT).replace('_', ' '),
        endpointsOf(nicId, open));
  }

  /** Returns the id that {@code text} says, or 0: a driver domain may write what it likes. */
  private static long nicId(@Nullable String text) {
    return text != null && text.matches("[0-9a-f]{12}") ? Long.parseLong(text, 16) : 0;
  }

  static BoardInfo nativeBoard(NativeBoard board, Set<EndpointId> open) {
    return new BoardInfo(
        BoardInfo.NO_VM,
        BoardInfo.NO_DOMAIN,
        0,
        board.hostname(),
        board.nicId(),
        BoardWay.NATIVE,
        BoardInfo.CONNECTED,
        endpointsOf(board.nicId(), open));
  }

  private static List<Integer> endpointsOf(long nicId, Set<EndpointId> open) {
    var endpoints = new TreeSet<Integer>();
    for (EndpointId endpoint : open) {
      if (endpoint.nicId() == nicId) {
        endpoints.add(endpoint.endpointId());
      }
    }
    return List.copyOf(endpoints);
  }

  static Set<EndpointId> openEndpoints(Path runDirectory) {
    var open = new HashSet<EndpointId>();
    try {
      DriverCounters.read(runDirectory).endpoints().forEach(open::add);
    } catch (IOException _) {
      // No driver domain, no endpoints.
    }
    return open;
  }
}
