package io.myrixen.driver.status;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.info.SystemInfo;
import io.myrixen.xen.XenException;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.host.HostToolstack.LivingDomain;
import io.myrixen.xen.local.HypervisorCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a system fares.
 *
 * @param service the hypervisor's process
 * @param hypervisor what it holds
 * @param driverDomain what serves the VMs, or null if none lives
 * @param load what passed meanwhile, or null if there is no driver domain, or it does not answer
 * @param vms every other domain, in order of their ids
 * @param nativeBoards boards of processes that are no VMs
 */
public record SystemStatus(
    HostToolstack.Service service,
    HypervisorCounters hypervisor,
    @Nullable VmStatus driverDomain,
    @Nullable Load load,
    List<VmStatus> vms,
    List<BoardInfo> nativeBoards) {

  /** Copies the lists. */
  public SystemStatus {
    vms = List.copyOf(vms);
    nativeBoards = List.copyOf(nativeBoards);
  }

  /**
   * A domain, its process and its boards.
   *
   * @param domain as the hypervisor has it
   * @param process what its process does
   */
  public record VmStatus(LivingDomain domain, ProcessState process, List<BoardInfo> boards) {

    /** Copies the boards. */
    public VmStatus {
      boards = List.copyOf(boards);
    }

    /** Boards whose two drivers have met. */
    public long connectedBoards() {
      return boards.stream().filter(board -> board.reachable()).count();
    }
  }

  /**
   * Looks for {@code interval}.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if none runs there
   */
  public static SystemStatus read(Path runDirectory, Duration interval)
      throws InterruptedException {
    @Nullable Load load = Load.measure(runDirectory, interval);
    SystemInfo info = SystemInfo.read(runDirectory);
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory)) {
      @Nullable VmStatus driverDomain = null;
      var vms = new ArrayList<VmStatus>();
      for (LivingDomain domain : toolstack.domains()) {
        List<BoardInfo> boards = info.boardsOf(domain.name());
        var status = new VmStatus(domain, ProcessState.of(domain.pid()), boards);
        if (domain.domid() == info.driverDomid()) {
          driverDomain = status;
        } else {
          vms.add(status);
        }
      }
      return new SystemStatus(
          toolstack.service(),
          toolstack.counters(),
          driverDomain,
          load,
          vms,
          info.boardsOf(BoardInfo.NO_VM));
    }
  }

  /** Names of boards by their NIC ids. */
  Map<Long, String> boardNames() {
    var names = new HashMap<Long, String>();
    for (VmStatus vm : vms) {
      vm.boards().forEach(board -> names.put(board.nicId(), board.hostname()));
    }
    nativeBoards.forEach(board -> names.put(board.nicId(), board.hostname()));
    return names;
  }

  /** Whether there is a driver domain that serves, and nobody's process is stopped. */
  public boolean good() {
    return driverDomain != null
        && load != null
        && vms.stream().allMatch(vm -> vm.process() != ProcessState.STOPPED);
  }
}
