package io.myrixen.simulation.board;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.nic.BoardConfig;
import io.myrixen.nic.NicException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A board of a {@link SimulatedNic}, and the endpoints that are open on it. */
public final class SimulatedBoard implements Board {

  private final SimulatedBoards vm;
  private final SimulatedNic nic;
  private final BoardConfig config;
  private final int number;
  private final int maxEndpoints;
  private final Map<Integer, SimulatedPort> ports = new TreeMap<>();
  private boolean present;

  SimulatedBoard(
      SimulatedBoards vm, SimulatedNic nic, BoardConfig config, int number, int maxEndpoints) {
    this.vm = vm;
    this.nic = nic;
    this.config = config;
    this.number = number;
    this.maxEndpoints = maxEndpoints;
    nic.add(this);
    attach();
  }

  /** Puts the board on its NIC, which is new. */
  void attach() {
    present = true;
    var _ = nic.nic().addBoard(config);
  }

  /** Lets every window be dead: the NIC that it was for has gone. */
  void nicGone() {
    List.copyOf(ports.values()).forEach(SimulatedPort::detachLetGo);
    ports.clear();
  }

  /** Lets the window of an endpoint be dead that the NIC has closed for a fault. */
  void fault(int endpointId) {
    SimulatedPort port = ports.remove(endpointId);
    if (port != null) {
      port.detachLetGo();
    }
  }

  /** Takes the board off its NIC, and gives everything back. */
  void leave() {
    if (!present) {
      return;
    }
    present = false;
    nic.remove(this);
    List<SimulatedPort> open = List.copyOf(ports.values());
    open.forEach(SimulatedPort::detach);
    var _ =
        nic.nic()
            .removeBoard(config.nicId())
            .whenComplete((_, _) -> {
              open.forEach(SimulatedPort::detachLetGo);
              open.forEach(SimulatedPort::release);
            });
  }

  SimulatedBoards vm() {
    return vm;
  }

  SimulatedNic nic() {
    return nic;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long nicId() {
    return config.nicId();
  }

  @Override
  public String hostname() {
    return config.hostname();
  }

  @Override
  public int maxEndpoints() {
    return maxEndpoints;
  }

  @Override
  public boolean connected() {
    return present;
  }

  /** The endpoint that is open under {@code endpointId}, or null. */
  public @Nullable SimulatedPort port(int endpointId) {
    return ports.get(endpointId);
  }

  void closed(SimulatedPort port) {
    ports.remove(port.endpointId(), port);
  }

  @Override
  public Pending<EndpointPort> openEndpoint(int endpointId, WindowGeometry geometry) {
    var pending = new Pending<EndpointPort>();
    if (!present) {
      pending.fail(new MxException(ReturnCode.NIC_DEAD, "the board has gone: " + hostname()));
      return pending;
    }
    var port = new SimulatedPort(this, endpointId, vm.newSession(), geometry);
    CompletableFuture<Void> opened = nic.nic().openEndpoint(port.config());
    var _ =
        opened.whenComplete((_, refused) -> {
          if (refused == null) {
            ports.put(endpointId, port);
            pending.complete(port);
          } else {
            port.release();
            pending.fail(translated(refused));
          }
        });
    return pending;
  }

  /** What the NIC refused with, as MX says it. */
  static RuntimeException translated(Throwable refused) {
    return refused instanceof NicException e
        ? new MxException(e.code(), String.valueOf(e.getMessage()), e)
        : new IllegalStateException(refused);
  }

  @Override
  public Pending<Peer> peerByName(String hostname) {
    return peer(peer -> peer.hostname().equals(hostname), ReturnCode.HOST_NOT_FOUND, hostname);
  }

  @Override
  public Pending<Peer> peerByNicId(long nicId) {
    return peer(peer -> peer.nicId() == nicId, ReturnCode.NIC_NOT_FOUND, Long.toHexString(nicId));
  }

  private Pending<Peer> peer(Predicate<Peer> wanted, ReturnCode otherwise, String what) {
    var pending = new Pending<Peer>();
    nic.nic().peers().stream()
        .filter(wanted)
        .findFirst()
        .ifPresentOrElse(
            pending::complete, () -> pending.fail(new MxException(otherwise, "no board " + what)));
    return pending;
  }

  @Override
  public Pending<List<Peer>> peers() {
    var pending = new Pending<List<Peer>>();
    pending.complete(nic.nic().peers());
    return pending;
  }

  @Override
  public Pending<List<Integer>> openEndpoints() {
    var pending = new Pending<List<Integer>>();
    pending.complete(new ArrayList<>(ports.keySet()));
    return pending;
  }
}
