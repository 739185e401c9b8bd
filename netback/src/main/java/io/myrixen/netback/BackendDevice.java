package io.myrixen.netback;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.nic.BoardConfig;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.BackendHandshake;
import io.myrixen.xen.bus.DeviceEnd;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.XenbusState;
import io.myrixen.xen.ring.PeerFaultException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One device of one VM, through its lives. What takes the NIC's help takes time; meanwhile nothing
 * else is done with the device, and afterwards the store is looked at again.
 *
 * <pre>
 *   IDLE --frontend connects--> CONNECTING --board added--> CONNECTED
 *     ^                             |                          |
 *     '-------- NIC let go ---------+---- RELEASING <----------'
 * </pre>
 */
final class BackendDevice {

  private static final System.Logger LOG = System.getLogger(BackendDevice.class.getName());

  private enum Phase {
    IDLE,
    CONNECTING,
    CONNECTED,
    RELEASING,
    /** The nodes are gone, and so is everything else. */
    FORGOTTEN
  }

  private final Services services;
  private final XenStore store;
  private final Waiter waiter;
  private final DeviceNodes nodes;
  private final DeviceEnd end;
  private final VmAccount account;
  private Phase phase = Phase.IDLE;
  private boolean dirty = true;

  /** Counts against the VM's quota of devices. */
  private boolean counted;

  /** Refused, until the frontend moves or there is room. */
  private boolean refused;

  private @Nullable String lastRefusal;

  /** Its state is this process's own doing, or the toolstack's. */
  private boolean takenOver;

  private boolean stopping;

  private @Nullable BoardIdentity board;
  private @Nullable BoardService service;
  private @Nullable ControlLink link;

  BackendDevice(
      Services services, XenStore store, Waiter waiter, DeviceNodes nodes, VmAccount account) {
    this.services = services;
    this.store = store;
    this.waiter = waiter;
    this.nodes = nodes;
    this.end = DeviceEnd.backend(nodes);
    this.account = account;
    guarded(() -> store.watch(end.peerStatePath(), end.path()));
  }

  DeviceNodes nodes() {
    return nodes;
  }

  /** Something about the device may have changed in the store. */
  void changed() {
    dirty = true;
  }

  /** What the device was refused for may be over: it is judged anew. */
  void reconsider() {
    dirty = true;
    refused = false;
  }

  boolean forgotten() {
    return phase == Phase.FORGOTTEN;
  }

  boolean idle() {
    return phase == Phase.IDLE || phase == Phase.FORGOTTEN;
  }

  boolean serves(long nicId) {
    return phase == Phase.CONNECTED && board != null && board.nicId() == nicId;
  }

  void onEndpointFault(int endpointId, String what, long value) {
    if (service != null) {
      LOG.log(
          WARNING,
          "{0}: endpoint {1} closed by the NIC: {2} {3}",
          end.path(),
          endpointId,
          what,
          value);
      service.onEndpointFault(endpointId);
    }
  }

  int doWork() {
    try {
      return cycle();
    } catch (XenStoreException e) {
      onStoreRefusal(e);
      return 1;
    }
  }

  private int cycle() {
    if (stopping) {
      return stop();
    }
    int work = 0;
    if (dirty && (phase == Phase.IDLE || phase == Phase.CONNECTED)) {
      dirty = false;
      step();
      work++;
    }
    ControlLink open = link;
    BoardService serving = service;
    if (phase == Phase.CONNECTED && open != null && serving != null) {
      work += serve(open, serving);
    }
    return work;
  }

  /** Lets go of the VM because the driver domain stops. */
  void shutDown() {
    stopping = true;
  }

  private int stop() {
    if (phase != Phase.CONNECTED) {
      return 0;
    }
    disconnect(() -> end.writeState(store, XenbusState.CLOSED));
    return 1;
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (XenStoreException e) {
      onStoreRefusal(e);
    }
  }

  /** The store refuses what this device needs: that is its own end and nobody else's. */
  private void onStoreRefusal(XenStoreException e) {
    requireConnected(e);
    services.tally().deviceFaults.incrementAndGet();
    disconnect(() -> {});
    tryStore(() -> refuse("the store refuses its backend: " + e.getMessage()));
  }

  private void step() {
    XenbusState own = end.state(store);
    boolean online = end.online(store);
    if (!takenOver) {
      takenOver = true;
      if (online && own != XenbusState.UNKNOWN) {
        // Of an earlier process of this domain, also one that parted: its frontend finds it reborn.
        end.writeState(store, XenbusState.INITIALISING);
        own = XenbusState.INITIALISING;
      }
    }
    XenbusState frontend = end.peerState(store);
    switch (BackendHandshake.next(own, frontend, online)) {
      case NOTHING -> {}
      case PREPARE, RESTART -> {
        if (!refused && disconnected()) {
          prepare();
        }
      }
      case CONNECT -> {
        if (!refused && disconnected()) {
          connect();
        }
      }
      case CLOSE -> {
        if (disconnected()) {
          end.writeState(store, XenbusState.CLOSED);
        }
      }
      case REMOVE -> {
        if (disconnected()) {
          end.writeState(store, XenbusState.CLOSED);
          end.remove(store);
          forget();
        }
      }
      case ABANDON -> {
        if (disconnected()) {
          forget();
        }
      }
    }
  }

  private int serve(ControlLink open, BoardService serving) {
    try {
      int work = open.serve(serving, services.context().requestsPerCycle());
      if (open.peerGone()) {
        LOG.log(INFO, "{0}: the VM closed its ring without a word", end.path());
        disconnect(() -> end.writeState(store, XenbusState.CLOSED));
        return work + 1;
      }
      return work;
    } catch (PeerFaultException e) {
      services.tally().deviceFaults.incrementAndGet();
      String reason = e.getMessage();
      disconnect(() -> refuse("the control ring is malformed: " + reason));
      return 1;
    }
  }

  private void prepare() {
    counted = counted || account.takeDevice();
    if (!counted) {
      refuse(
          "the quota of %d devices of domain %d is used up"
              .formatted(services.context().devicesPerVm(), nodes.frontendDomid()));
      return;
    }
    String backend = end.findPeer(store, "backend");
    if (!end.path().equals(backend)) {
      refuse("another backend serves this device: " + Reading.shown(backend));
      return;
    }
    switch (BoardIdentity.read(store, end)) {
      case Reading.Wrong(var reason) -> refuse(reason);
      case BoardIdentity identity -> {
        board = identity;
        end.publish(
            store,
            Map.of(
                HandshakeKeys.PROTOCOL_VERSION_MIN, Integer.toString(ControlRing.VERSION_MIN),
                HandshakeKeys.PROTOCOL_VERSION_MAX, Integer.toString(ControlRing.VERSION_MAX),
                HandshakeKeys.WINDOW_VERSION, Integer.toString(WindowLayout.VERSION)),
            XenbusState.INIT_WAIT);
      }
      case Offer _ -> throw new IllegalStateException("a board read as an offer");
    }
  }

  private void connect() {
    if (!(BoardIdentity.read(store, end) instanceof BoardIdentity identity)) {
      prepare(); // Changed since it was offered: judged again from the start.
      return;
    }
    board = identity;
    switch (Offer.read(store, end)) {
      case Reading.Wrong(var reason) -> refuse(reason);
      case Offer offer -> {
        phase = Phase.CONNECTING;
        var config =
            new BoardConfig(
                identity.nicId(), identity.hostname(), nodes.frontendDomid(), identity.weight());
        services
            .afterNic()
            .when(
                services.nic().addBoard(config),
                failure -> guarded(() -> onAdded(identity, offer, failure)));
      }
      case BoardIdentity _ -> throw new IllegalStateException("an offer read as a board");
    }
  }

  private void onAdded(BoardIdentity identity, Offer offer, @Nullable Throwable failure) {
    dirty = true; // The frontend may have moved while the NIC was busy.
    if (failure != null) {
      phase = Phase.IDLE;
      boolean taken = AfterNic.code(failure) == ReturnCode.BUSY;
      refuse(
          "board %s (nic-id %012x) %s"
              .formatted(
                  identity.hostname(),
                  identity.nicId(),
                  taken ? "is served by another backend already" : failure.getMessage()));
      return;
    }
    MappedPages page = null;
    EventChannel channel = null;
    try {
      page =
          services
              .domain()
              .grants()
              .map(nodes.frontendDomid(), new int[] {offer.ringReference()}, Access.READ_WRITE);
      channel = services.domain().eventChannels().bind(nodes.frontendDomid(), offer.port());
      open(identity, new ControlLink(page, channel));
    } catch (XenException e) {
      if (channel != null) {
        channel.close();
      }
      if (page != null) {
        page.close();
      }
      phase = Phase.RELEASING;
      services
          .afterNic()
          .when(
              services.nic().removeBoard(identity.nicId()),
              _ -> {
                phase = Phase.IDLE;
                guarded(() -> refuse("the frontend's ring cannot be used: " + e.getMessage()));
              });
    }
  }

  private void open(BoardIdentity identity, ControlLink opened) {
    phase = Phase.CONNECTED;
    link = opened;
    var mapper = new PageMapper(services.domain(), nodes.frontendDomid(), account);
    service = new BoardService(services, identity, mapper, account, opened::answer);
    waiter.add(opened.channel());
    services.tally().devices.incrementAndGet();
    removeError();
    lastRefusal = null;
    end.writeState(store, XenbusState.CONNECTED);
    LOG.log(INFO, "{0}: connected, board {1}", end.path(), identity.hostname());
  }

  /**
   * Whether nothing of a VM is left here. If something is, gives it back; since that takes time,
   * the store is looked at again afterwards, and what to do is decided anew.
   */
  private boolean disconnected() {
    if (link == null) {
      return true;
    }
    disconnect(() -> {});
    return false;
  }

  /** Takes the device off the NIC and gives everything back, then does {@code then}. */
  private void disconnect(Runnable then) {
    ControlLink closing = link;
    BoardService releasing = service;
    if (closing == null || releasing == null) {
      then.run();
      return;
    }
    link = null;
    service = null;
    phase = Phase.RELEASING;
    waiter.remove(closing.channel());
    closing.close();
    releasing.release(() -> {
      phase = Phase.IDLE;
      dirty = true;
      services.tally().devices.decrementAndGet();
      guarded(then);
    });
  }

  private void refuse(String reason) {
    refused = true;
    if (!reason.equals(lastRefusal)) {
      lastRefusal = reason; // One clear line, however often the frontend tries.
      LOG.log(WARNING, "{0}: {1}", end.path(), reason);
    }
    if (end.publish(store, Map.of(HandshakeKeys.ERROR, reason), XenbusState.CLOSED)) {
      tryStore(() -> store.write(errorPath() + "/error", reason));
    }
  }

  private void removeError() {
    tryStore(() -> store.remove(errorPath()));
    tryStore(() -> {
      if (store.list(errorsOfFrontend()).isEmpty()) {
        store.remove(errorsOfFrontend());
      }
    });
    tryStore(() -> store.remove(end.path() + "/" + HandshakeKeys.ERROR));
  }

  private void forget() {
    phase = Phase.FORGOTTEN;
    tryStore(() -> store.unwatch(end.peerStatePath(), end.path()));
    removeError();
    if (counted) {
      account.giveDevice();
    }
    LOG.log(INFO, "{0}: removed", end.path());
  }

  /** Where Xen's tools look for what went wrong with a device. */
  private String errorPath() {
    return errorsOfFrontend() + "/" + nodes.deviceId();
  }

  private String errorsOfFrontend() {
    return "error/backend/%s/%d".formatted(DeviceNodes.TYPE, nodes.frontendDomid());
  }

  /** Does what is good to have: the node may be gone, or never have been there. */
  private static void tryStore(Runnable work) {
    try {
      work.run();
    } catch (XenStoreException e) {
      requireConnected(e);
    }
  }

  /** Passes on what no device is to blame for: the store itself is gone. */
  private static void requireConnected(XenStoreException e) {
    if (e.error().equals("EIO")) {
      throw e;
    }
  }
}
