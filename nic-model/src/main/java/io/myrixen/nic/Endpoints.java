package io.myrixen.nic;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.idle.SpinOrYield;
import io.myrixen.mx.wire.WireProfile;
import io.myrixen.nic.NicCounters.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The boards and endpoints of the NIC, and the parts of the firmware that serve them. Opens and
 * closes them; touched by the NIC's thread, but for what says so.
 */
final class Endpoints {

  private final NicContext context;
  private final NanoClock clock;
  private final RandomGenerator random;
  private final Switchboard switchboard;
  private final Bells bells;
  private final CreditRelief relief;
  private final PullEngine pulls;
  private final Scheduler scheduler;
  private final ArrayList<LocalBoard> boards = new ArrayList<>();
  private final boolean[] slotTaken;
  private volatile List<Peer> peers = List.of();
  private final Tally own = new Tally();
  private @Nullable Wire wire;
  private Values gone = Values.NONE;
  private volatile Ledger ledger = new Ledger(Values.NONE, own, List.of());
  private volatile EndpointFaultListener faultListener = (_, _, _, _) -> {};

  Endpoints(NicContext context, NanoClock clock, RandomGenerator random) {
    this.context = context;
    this.clock = clock;
    this.random = random;
    int max = context.maxEndpoints();
    slotTaken = new boolean[max];
    bells = new Bells(max, context.idleSpins(), this::fault);
    switchboard = new Switchboard(bells, this::fault);
    relief = new CreditRelief(max, bells, this::fault);
    pulls = new PullEngine(switchboard, bells, this::fault, context.pullChunkBytes());
    var runner = new CommandRunner(switchboard, pulls, relief, bells, context.batchLimit());
    scheduler = new Scheduler(runner, pulls, bells, this::fault, context);
  }

  int doWork() {
    int work = relief.doWork() + scheduler.doWork();
    if (wire != null) {
      work += wire.doWork();
    }
    bells.ring();
    return work;
  }

  /**
   * Lets what is sent to boards of other NICs go through {@code port}, and serves what comes from
   * there.
   */
  void attach(Port port, WireProfile profile) {
    if (wire != null) {
      throw new NicException(ReturnCode.BUSY, "the NIC has a port attached");
    }
    var parts = new Wire.Parts(context, clock, random, switchboard, bells, this::fault, own);
    wire = new Wire(port, profile, parts, boards, this::publish);
    scheduler.wire(wire);
  }

  void detach() {
    if (wire != null) {
      wire.detach();
      wire = null;
      scheduler.wire(null);
      publish();
    }
  }

  void addPeer(Peer peer) {
    if (wire == null) {
      throw new NicException(ReturnCode.NO_DEV, "the NIC has no port attached");
    }
    if (wire.discovery().add(peer.nicId(), peer.hostname()) == null) {
      throw new NicException(
          ReturnCode.NO_RESOURCES,
          "no room for peer %012x, or its id is taken".formatted(peer.nicId()));
    }
    publish();
  }

  SpinOrYield lastServed() {
    return bells.lastServed();
  }

  boolean ready() {
    return relief.ready() || scheduler.ready() || (wire != null && wireReady(wire));
  }

  private boolean wireReady(Wire attached) {
    boolean ready = attached.ready();
    bells.ring();
    return ready;
  }

  /** How long the NIC may sleep on account of the wire. */
  long longestSleepNs() {
    return wire == null ? Long.MAX_VALUE : wire.longestSleepNs();
  }

  boolean waiting() {
    return relief.pending() || scheduler.waiting();
  }

  void asleep(boolean asleep) {
    for (VmShare vm : scheduler.vms()) {
      for (NicEndpoint endpoint : vm.endpoints()) {
        endpoint.control().nicAsleep(asleep);
      }
    }
  }

  void addBoard(BoardConfig config) {
    for (LocalBoard board : boards) {
      if (board.nicId() == config.nicId()) {
        throw new NicException(ReturnCode.BUSY, "NIC id %012x is taken".formatted(config.nicId()));
      }
      if (board.hostname().equals(config.hostname())) {
        throw new NicException(ReturnCode.BUSY, "name %s is taken".formatted(config.hostname()));
      }
    }
    if (boards.size() == context.maxBoards()) {
      throw new NicException(
          ReturnCode.NO_RESOURCES, "the NIC has %d boards already".formatted(boards.size()));
    }
    if (wire != null && switchboard.route(config.nicId()) instanceof RemoteBoard moved) {
      wire.peers().remove(moved); // It was another NIC's before.
    }
    VmShare vm = scheduler.addBoard(config.vmId(), config.weight());
    var board = new LocalBoard(config.nicId(), config.hostname(), vm, context.endpointsPerBoard());
    boards.add(board);
    switchboard.add(board);
    if (wire != null) {
      wire.discovery().add(board);
    }
    publish();
  }

  void removeBoard(long nicId) {
    if (switchboard.route(nicId) instanceof LocalBoard board) {
      for (int id = 0; id < board.endpointCount(); id++) {
        close(board.endpoint(id));
      }
      switchboard.remove(board);
      if (wire != null) {
        wire.discovery().remove(board);
      }
      scheduler.removeBoard(board.vm());
      boards.remove(board);
      gone = gone.plus(board.closed()).plus(board.own());
      publish();
    }
  }

  void open(EndpointConfig config) {
    if (!(switchboard.route(config.nicId()) instanceof LocalBoard board)) {
      throw new NicException(ReturnCode.BOARD_UNKNOWN, "no board %012x".formatted(config.nicId()));
    }
    int id = config.endpointId();
    if (id < 0 || id >= board.endpointCount()) {
      throw new NicException(
          ReturnCode.BAD_ENDPOINT,
          "endpoint must be 0 to %d: %d".formatted(board.endpointCount() - 1, id));
    }
    if (board.endpoint(id) != null) {
      throw new NicException(ReturnCode.BUSY, "endpoint %d is open".formatted(id));
    }
    int slot = freeSlot();
    var endpoint = new NicEndpoint(config, board, slot, context.pullsPerEndpoint());
    slotTaken[slot] = true;
    board.endpoint(id, endpoint);
    board.vm().add(endpoint);
    relief.opened(endpoint);
    publish();
  }

  private int freeSlot() {
    for (int slot = 0; slot < slotTaken.length; slot++) {
      if (!slotTaken[slot]) {
        return slot;
      }
    }
    throw new NicException(
        ReturnCode.NO_RESOURCES, "the NIC has %d endpoints open".formatted(slotTaken.length));
  }

  void close(long nicId, int endpointId) {
    close(find(nicId, endpointId));
  }

  void closeAll() {
    for (LocalBoard board : List.copyOf(boards)) {
      removeBoard(board.nicId());
    }
    detach();
  }

  /** Nothing refers to the endpoint's memory when this returns, but pulls that have ended. */
  private void close(@Nullable NicEndpoint endpoint) {
    if (endpoint == null) {
      return;
    }
    endpoint.close();
    endpoint.board().endpoint(endpoint.id(), null);
    endpoint.vm().remove(endpoint);
    for (VmShare vm : scheduler.vms()) {
      pulls.abort(vm.pulls(), endpoint);
    }
    if (wire != null) {
      wire.pulls().closed(endpoint);
    }
    relief.closed(endpoint);
    bells.forget(endpoint);
    slotTaken[endpoint.slot()] = false;
    endpoint.board().retain(endpoint);
    publish();
  }

  /** Closes an endpoint whose VM broke the window's rules, and tells. */
  private void fault(NicEndpoint endpoint, String what, long value) {
    if (!endpoint.open()) {
      return;
    }
    endpoint.count(NicCounter.FAULTS, 1);
    close(endpoint);
    faultListener.onEndpointFault(endpoint.board().nicId(), endpoint.id(), what, value);
  }

  void addRegion(long nicId, int endpointId, int regionId, Region region) {
    NicEndpoint endpoint = find(nicId, endpointId);
    if (endpoint == null) {
      throw new NicException(
          ReturnCode.BAD_ENDPOINT, "endpoint %d is not open".formatted(endpointId));
    }
    if (endpoint.regions().containsKey(regionId)) {
      throw new NicException(ReturnCode.BUSY, "region %d is there".formatted(regionId));
    }
    endpoint.regions().put(regionId, region);
  }

  void removeRegion(long nicId, int endpointId, int regionId) {
    NicEndpoint endpoint = find(nicId, endpointId);
    Region region = endpoint == null ? null : endpoint.regions().remove(regionId);
    for (VmShare vm : scheduler.vms()) {
      pulls.abort(vm.pulls(), region);
    }
    if (wire != null && region != null) {
      wire.pulls().removed(region);
    }
  }

  private @Nullable NicEndpoint find(long nicId, int endpointId) {
    return switchboard.route(nicId) instanceof LocalBoard board
            && endpointId >= 0
            && endpointId < board.endpointCount()
        ? board.endpoint(endpointId)
        : null;
  }

  private void publish() {
    var nowPeers = new ArrayList<Peer>();
    var pages = new ArrayList<Ledger.Page>();
    for (LocalBoard board : boards) {
      nowPeers.add(new Peer(board.nicId(), board.hostname()));
      pages.add(new Ledger.Page(board, board.closed(), board.open()));
    }
    if (wire != null) {
      nowPeers.addAll(wire.discovery().named());
    }
    peers = List.copyOf(nowPeers);
    ledger = new Ledger(gone, own, List.copyOf(pages));
  }

  /** Any thread. */
  List<Peer> peers() {
    return peers;
  }

  /** Any thread. */
  void faultListener(EndpointFaultListener listener) {
    faultListener = listener;
  }

  /** Any thread. */
  NicCounters counters() {
    return ledger.read();
  }
}
