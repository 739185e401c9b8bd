package io.myrixen.driver.info;

import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.netback.NativeBoardNodes;
import io.myrixen.netback.NativeBoardNodes.NativeBoard;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceEnd;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.XenbusState;
import io.myrixen.xen.devices.XenDomain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a domain of real Xen may see of the system that it is part of: a driver domain all boards
 * that it serves; a VM its own boards and nothing of others, nor what passes through the NIC.
 *
 * @param domid the domain
 * @param name its name
 * @param system what it sees
 * @param served whether each of its own boards has a driver domain that lives
 */
public record DomainInfo(int domid, String name, SystemInfo system, boolean served) {

  /** Whether it is the driver domain. */
  public boolean serves() {
    return system.driverDomid() == domid;
  }

  /**
   * Looks at the domain that this process runs in.
   *
   * @param directory where its driver domain, if it is one, publishes counters
   * @throws io.myrixen.xen.XenException as {@link XenDomain#connectStore}
   */
  public static DomainInfo read(Path directory) {
    try (XenStore store = XenDomain.connectStore()) {
      return read(store, directory);
    }
  }

  static DomainInfo read(XenStore store, Path directory) {
    int domid = Integer.parseInt(store.read("domid"));
    Set<EndpointId> open = SystemInfo.openEndpoints(directory);
    @Nullable String own = store.find("name");
    String name = own == null ? "?" : own;
    var boards = new ArrayList<BoardInfo>();
    int driverDomid = -1;
    boolean served = true;
    for (DeviceNodes device : DeviceNodes.backendsOf(store, domid)) {
      driverDomid = domid;
      boards.add(SystemInfo.board(store, device, vmOf(store, device), open));
    }
    for (DeviceNodes device : DeviceNodes.frontendsOf(store, domid)) {
      driverDomid = device.backendDomid();
      served &= DeviceEnd.frontend(device).peerState(store) != XenbusState.UNKNOWN;
      if (driverDomid != domid) {
        boards.add(SystemInfo.board(store, device, name, open));
      }
    }
    List<NativeBoard> natives = NativeBoardNodes.read(store, domid);
    natives.forEach(board -> boards.add(SystemInfo.nativeBoard(board, open)));
    if (driverDomid < 0 && !open.isEmpty()) {
      driverDomid = domid;
    }
    return new DomainInfo(domid, name, new SystemInfo(driverDomid, boards), served);
  }

  /** The VM's name as it stands in that of its board: its own node is not to be read by others. */
  private static String vmOf(XenStore store, DeviceNodes device) {
    String board = DeviceEnd.backend(device).find(store, HandshakeKeys.NAME);
    return board == null ? "?" : board.replaceFirst(":[0-9]+$", "");
  }
}
