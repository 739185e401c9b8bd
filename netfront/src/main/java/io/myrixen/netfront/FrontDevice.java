package io.myrixen.netfront;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceEnd;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.FrontendHandshake;
import io.myrixen.xen.bus.XenbusState;
import io.myrixen.xen.ring.PeerFaultException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One device of this VM, through its connections. Confined to the control thread. */
final class FrontDevice {

  private static final System.Logger LOG = System.getLogger(FrontDevice.class.getName());

  private final Domain domain;
  private final Control control;
  private final NetfrontContext context;
  private final XenStore store;
  private final Waiter waiter;
  private final int deviceId;
  private final VmBoard board;
  private final DumpDesk dumps;
  private @Nullable DeviceEnd end;
  private @Nullable Link link;

  /** The connection over which the driver domain was asked who the board is. */
  private @Nullable Link introduced;

  /** Of all devices: connections that are over. */
  private final List<Link> ended;

  private int backendDomid = -1;
  private boolean dirty = true;
  private boolean taken;
  private boolean leaving;
  private boolean gone;
  private String status = "not looked at yet";

  /**
   * Begins with a device that was found.
   *
   * @param ended takes connections that are over, whose ports the application may have open yet
   */
  FrontDevice(
      Domain domain,
      Control control,
      NetfrontContext context,
      XenStore store,
      Waiter waiter,
      List<Link> ended,
      int deviceId) {
    this.domain = domain;
    this.control = control;
    this.context = context;
    this.store = store;
    this.waiter = waiter;
    this.deviceId = deviceId;
    this.ended = ended;
    this.board = new VmBoard(control, deviceId);
    var nodes = new DeviceNodes(domain.domid(), 0, deviceId); // For our end alone.
    this.dumps = new DumpDesk(store, DeviceEnd.frontend(nodes));
  }

  VmBoard board() {
    return board;
  }

  /** Where it stands, in words. */
  String status() {
    return "device %d: %s".formatted(deviceId, status);
  }

  void changed() {
    dirty = true;
  }

  /** The toolstack may have asked what the library does with an endpoint. */
  void dumpAsked() {
    dumps.changed();
  }

  /** The nodes are gone, and so is everything else. */
  boolean gone() {
    return gone;
  }

  /** Whether nothing is shared with a driver domain any more. */
  boolean released() {
    return link == null;
  }

  /** Begins to part with the device; done once {@link #released}. */
  void leave() {
    leaving = true;
    dirty = true;
  }

  long nextDeadlineNs(long nowNs) {
    long linkNs = link == null ? Long.MAX_VALUE : link.nextDeadlineNs(nowNs);
    return Math.min(linkNs, dumps.nextDeadlineNs());
  }

  int doWork(long nowNs) {
    int work = 0;
    if (dirty) {
      dirty = false;
      step();
      work++;
    }
    Link current = link;
    work += dumps.doWork(current, nowNs);
    if (current != null) {
      try {
        work += current.doWork(nowNs);
        if (!current.lost() && current.peerGone()) {
          work++;
          lose("the driver domain closed the control ring");
        }
      } catch (PeerFaultException e) {
        LOG.log(WARNING, "{0}: {1}", status(), e.getMessage());
        lose("the driver domain broke the protocol: " + e.getMessage());
        write(XenbusState.CLOSING);
        work++;
      }
    }
    return work;
  }

  private void step() {
    DeviceNodes nodes = DeviceNodes.findFrontend(store, domain.domid(), deviceId);
    if (nodes == null) {
      abandon();
      return;
    }
    look(nodes);
    DeviceEnd current = DeviceEnd.frontend(nodes);
    XenbusState own = current.state(store);
    if (!taken && own != XenbusState.UNKNOWN) {
      // Whatever an earlier process of this VM left: its driver domain finds itself reborn.
      taken = true;
      write(XenbusState.INITIALISING);
      own = XenbusState.INITIALISING;
    }
    if (leaving) {
      leave(own);
      own = current.state(store);
    }
    XenbusState backend = current.peerState(store);
    boolean sameBackend = backendDomid < 0 || backendDomid == nodes.backendDomid();
    status = describe(current, own, backend);
    switch (FrontendHandshake.next(own, backend, sameBackend)) {
      case NOTHING -> {
        if (own == XenbusState.CONNECTED && backend == XenbusState.CONNECTED) {
          askBoardInfo();
        }
      }
      case CONNECT -> connect(current, nodes.backendDomid());
      case RESET -> {
        release("the driver domain is gone");
        if (leaving) {
          write(XenbusState.CLOSED);
        } else {
          write(XenbusState.INITIALISING);
          dirty = true; // There may be another one behind the device already.
        }
      }
      case STOP -> {
        lose("the device is being taken away");
        write(XenbusState.CLOSED);
      }
      case FINISH -> {
        release("the driver domain closed the device");
        write(XenbusState.CLOSED);
      }
      case ABANDON -> abandon();
    }
  }

  /** Watches the backend that the device's nodes name now. */
  private void look(DeviceNodes nodes) {
    DeviceEnd next = DeviceEnd.frontend(nodes);
    DeviceEnd last = end;
    if (last != null && last.peerStatePath().equals(next.peerStatePath())) {
      return;
    }
    if (last != null) {
      unwatch(last);
    }
    end = next;
    store.watch(next.peerStatePath(), next.path());
  }

  private void leave(XenbusState own) {
    if (link == null) {
      write(XenbusState.CLOSED);
    } else if (own == XenbusState.CONNECTED) {
      lose("this VM parts with the device");
      write(XenbusState.CLOSING);
    }
  }

  private void connect(DeviceEnd current, int nextBackend) {
    release("the driver domain begins anew");
    String unfitting = unfitting(current);
    if (unfitting != null) {
      status = unfitting;
      LOG.log(WARNING, status());
      return;
    }
    RingTransport ring;
    try {
      ring = RingTransport.offer(domain, nextBackend);
    } catch (XenException e) {
      status = "cannot connect: " + e.getMessage();
      LOG.log(WARNING, status());
      return;
    }
    backendDomid = nextBackend;
    link = new Link(ring, new GrantSupply(domain, nextBackend), context.requestTimeoutNs(), waiter);
    current.publish(
        store,
        Map.of(
            HandshakeKeys.RING_REF, Integer.toUnsignedString(ring.reference()),
            HandshakeKeys.EVENT_CHANNEL, Integer.toUnsignedString(ring.port()),
            HandshakeKeys.PROTOCOL_VERSION, Integer.toString(ControlRing.VERSION_MAX),
            HandshakeKeys.WINDOW_VERSION, Integer.toString(WindowLayout.VERSION)),
        XenbusState.CONNECTED);
    dirty = true;
  }

  /** Returns why this build and the driver domain's cannot talk, or null. */
  private @Nullable String unfitting(DeviceEnd current) {
    String min = current.findPeer(store, HandshakeKeys.PROTOCOL_VERSION_MIN);
    String max = current.findPeer(store, HandshakeKeys.PROTOCOL_VERSION_MAX);
    String window = current.findPeer(store, HandshakeKeys.WINDOW_VERSION);
    boolean speaks =
        HandshakeKeys.number(min) >= 0
            && HandshakeKeys.number(min) <= ControlRing.VERSION_MAX
            && HandshakeKeys.number(max) >= ControlRing.VERSION_MAX;
    if (!speaks) {
      return "the driver domain speaks protocol %s to %s, this VM %d"
          .formatted(min, max, ControlRing.VERSION_MAX);
    }
    return HandshakeKeys.number(window) == WindowLayout.VERSION
        ? null
        : "the driver domain has window layout %s, this VM %d"
            .formatted(window, WindowLayout.VERSION);
  }

  private void askBoardInfo() {
    Link asked = link;
    if (asked == null || asked.lost() || asked == introduced) {
      return;
    }
    introduced = asked;
    asked.submit(new Introduction(asked), control.tasks().nowNs());
  }

  /**
   * Asks who the board is. An answer is as good late as it is in time: nobody else waits for it.
   */
  private final class Introduction extends Call {

    private final Link asked;

    Introduction(Link asked) {
      super(new ControlRequest.BoardInfo());
      this.asked = asked;
    }

    @Override
    void answered(ControlResponse response) {
      if (response.result() instanceof ControlResponse.Board info) {
        board.connect(asked, info);
        status = "connected";
        LOG.log(DEBUG, "device {0}: connected, board {1}", deviceId, info.hostname());
      } else {
        late(refusal(response));
      }
    }

    @Override
    void late(MxException failure) {
      status = String.valueOf(failure.getMessage());
    }

    @Override
    void lost(MxException cause) {}
  }

  private void abandon() {
    release("the device was taken away");
    DeviceEnd last = end;
    if (last != null) {
      unwatch(last);
    }
    gone = true;
  }

  /** Ends all traffic; what is granted stays so until the driver domain has let go. */
  private void lose(String reason) {
    board.disconnect();
    if (link != null) {
      status = reason;
      link.lose(new MxException(ReturnCode.NIC_DEAD, reason));
    }
  }

  private void release(String reason) {
    lose(reason);
    if (link != null) {
      link.release();
      ended.add(link);
      link = null;
    }
    backendDomid = -1;
  }

  /** Ends all traffic for ever: the hypervisor is gone. */
  void fail(String reason) {
    release(reason);
    gone = true;
  }

  /** Gives the connection back without asking anybody. */
  void abort(String reason) {
    release(reason);
  }

  private void write(XenbusState state) {
    if (end != null) {
      end.writeState(store, state);
    }
  }

  private void unwatch(DeviceEnd last) {
    try {
      store.unwatch(last.peerStatePath(), last.path());
    } catch (XenStoreException e) {
      LOG.log(WARNING, "{0}: {1}", status(), e.getMessage());
    }
  }

  private String describe(DeviceEnd current, XenbusState own, XenbusState backend) {
    if (own == XenbusState.CONNECTED && backend == XenbusState.CONNECTED) {
      return "connected";
    }
    String error = current.findPeer(store, HandshakeKeys.ERROR);
    String reason = error == null ? "" : ": " + error;
    return "this end is %s, its driver domain's end (%s) is %s%s"
        .formatted(own, current.peerStatePath(), backend, reason);
  }
}
