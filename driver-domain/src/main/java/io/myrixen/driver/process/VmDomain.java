package io.myrixen.driver.process;

import io.myrixen.mx.board.BoardDriver;
import io.myrixen.netback.MxDevices;
import io.myrixen.netfront.NativeBoardsProvider;
import io.myrixen.netfront.VmBoardsProvider;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.host.HostToolstack;
import java.nio.file.Path;
import java.util.Map;

/**
 * A domain with boards, for one process to attach to. Gone with {@link #close}: its process had
 * better be gone before.
 */
public final class VmDomain implements BoardSource {

  /** Environment variable that tells a process where its token is. */
  public static final String TOKEN_VARIABLE = "MYRIXEN_TOKEN";

  /** Every VM has the same share of the NIC. */
  private static final int SHARE = 1;

  private final Path runDirectory;
  private final HostToolstack.Ticket ticket;

  private VmDomain(Path runDirectory, HostToolstack.Ticket ticket) {
    this.runDirectory = runDirectory;
    this.ticket = ticket;
  }

  /**
   * Creates domain {@code name} with boards {@code name:0} and so on.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if none runs, {@code NO_DOMAIN} if there is no
   *     driver domain, {@code BAD_REQUEST} if the name is taken or cannot be
   */
  public static VmDomain create(Path runDirectory, String name, int boards) {
    return create(
        runDirectory,
        name,
        (tree, domid, backend) ->
            MxDevices.createBoards(tree, domid, backend, name, boards, SHARE));
  }

  /** As {@link #create}, with one board whose messages all pass through netback. */
  public static VmDomain createRelayed(Path runDirectory, String name) {
    return create(
        runDirectory,
        name,
        (tree, domid, backend) ->
            MxDevices.createRelayed(tree, new DeviceNodes(domid, backend, 0), name + ":0", SHARE));
  }

  /** Makes the devices of a domain. */
  @FunctionalInterface
  private interface Devices {
    void make(DeviceTree tree, int domid, int backendDomid);
  }

  private static VmDomain create(Path runDirectory, String name, Devices devices) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory);
        XenStore store = toolstack.openStore()) {
      int backend = DriverDomainNode.require(store, runDirectory);
      var domain = new VmDomain(runDirectory, toolstack.createDomain(name));
      try {
        devices.make(new DeviceTree(store), domain.domid(), backend);
        return domain;
      } catch (XenException e) {
        domain.close();
        throw e;
      }
    }
  }

  /** Its id. */
  public int domid() {
    return ticket.domid();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        TOKEN_VARIABLE,
        ticket.tokenFile().toString(),
        NativeBoardsProvider.SOCKET_ENVIRONMENT_VARIABLE,
        "");
  }

  @Override
  public BoardDriver attach() {
    return VmBoardsProvider.open(ticket.tokenFile());
  }

  /** Ends the domain and removes its devices. */
  @Override
  public void close() {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory)) {
      toolstack.destroyDomain(domid());
    } catch (XenException e) {
      if (e.reason() != Reason.NO_HYPERVISOR && e.reason() != Reason.NO_DOMAIN) {
        throw e;
      }
    }
  }
}
