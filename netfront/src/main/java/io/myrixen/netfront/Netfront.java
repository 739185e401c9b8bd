package io.myrixen.netfront;

import io.myrixen.mx.board.Board;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStore.WatchEvent;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * The frontend driver of one VM, for all its devices. One thread calls {@link #doWork}; when it
 * returns 0 that thread may sleep on the waiter it gave, until {@link #nextDeadlineNs} at most.
 */
final class Netfront implements Agent, Front {

  /** Watch events taken per duty cycle. */
  static final int WATCH_BATCH_LIMIT = 256;

  private static final String ROOT_TOKEN = "devices";

  private final Domain domain;
  private final NanoClock clock;
  private final NetfrontContext context;
  private final Waiter waiter;
  private final XenStore store;
  private final Control control;
  private final Map<Integer, FrontDevice> devices = new TreeMap<>();
  private final TaskQueue tasks;

  /** Connections that are over, with ports that the application has yet to close. */
  private final List<Link> ended = new ArrayList<>();

  private boolean rescan = true;
  private boolean leaving;
  private boolean failed;
  private long nowNs;
  private boolean closed;
  private volatile List<Board> boards = List.of();
  private volatile boolean allConnected;
  private volatile boolean anyDevice;
  private volatile String status = "not looked at yet";

  Netfront(
      Domain domain,
      NanoClock clock,
      NetfrontContext context,
      Waiter waiter,
      Function<EventChannel, PortSleep> sleeps) {
    this.domain = domain;
    this.clock = clock;
    this.context = context;
    this.waiter = waiter;
    this.store = domain.openStore();
    this.nowNs = clock.nanoTime();
    this.tasks = new TaskQueue(waiter, nowNs);
    this.control = new Control(tasks, sleeps);
    store.watch(DeviceNodes.frontendRoot(domain.domid()), ROOT_TOKEN);
    waiter.add(store);
  }

  @Override
  public String roleName() {
    return "netfront";
  }

  @Override
  public int doWork() {
    if (closed) {
      return tasks.close();
    }
    nowNs = clock.nanoTime();
    tasks.nowNs(nowNs);
    if (failed) {
      return tasks.run();
    }
    int work = takeWatches();
    if (rescan) {
      rescan = false;
      scan();
      work++;
    }
    work += tasks.run();
    for (FrontDevice device : new ArrayList<>(devices.values())) {
      work += device.doWork(nowNs);
    }
    ended.removeIf(Link::empty);
    if (devices.values().removeIf(FrontDevice::gone)) {
      rescan = true; // It may have been made again meanwhile.
    }
    if (work > 0) {
      publish();
    }
    return work;
  }

  @Override
  public long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (FrontDevice device : devices.values()) {
      next = Math.min(next, device.nextDeadlineNs(nowNs));
    }
    return next;
  }

  @Override
  public List<Board> boards() {
    return boards;
  }

  @Override
  public boolean allConnected() {
    return allConnected;
  }

  @Override
  public boolean anyDevice() {
    return anyDevice;
  }

  /** Never: a device may come, or its driver domain, at any time. */
  @Override
  public boolean refused() {
    return false;
  }

  @Override
  public String status() {
    return status;
  }

  @Override
  public void leave() {
    leaving = true;
    devices.values().forEach(FrontDevice::leave);
  }

  @Override
  public void fail(String reason) {
    failed = true;
    devices.values().forEach(device -> device.fail(reason));
    waiter.remove(store);
    publish();
  }

  @Override
  public void abort(String reason) {
    leaving = true;
    devices.values().forEach(device -> device.abort(reason));
    ended.forEach(Link::releasePorts);
    ended.clear();
  }

  @Override
  public boolean left() {
    return devices.values().stream().allMatch(FrontDevice::released);
  }

  /** Leaves the store. What waits to be done fails. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tasks.close();
      waiter.remove(store);
      store.close();
    }
  }

  private int takeWatches() {
    int count = 0;
    for (; count < WATCH_BATCH_LIMIT; count++) {
      WatchEvent event = store.pollWatch();
      if (event == null) {
        break;
      }
      // A VM has few devices: to look at all of them is simplest.
      if (!DumpDesk.concerns(event.path())) {
        rescan = true;
      } else if (DumpDesk.asks(event.path())) {
        devices.values().forEach(FrontDevice::dumpAsked);
      }
    }
    if (store.disconnected()) {
      throw new XenStoreException("EIO", "the connection to the store is gone");
    }
    return count;
  }

  private void scan() {
    for (DeviceNodes nodes : DeviceNodes.frontendsOf(store, domain.domid())) {
      if (!leaving) {
        devices.computeIfAbsent(
            nodes.deviceId(),
            id -> new FrontDevice(domain, control, context, store, waiter, ended, id));
      }
    }
    devices.values().forEach(FrontDevice::changed);
  }

  private void publish() {
    List<Board> known = new ArrayList<>();
    List<String> states = new ArrayList<>();
    boolean connected = !devices.isEmpty();
    for (FrontDevice device : devices.values()) {
      states.add(device.status());
      connected &= device.board().connected();
      if (device.board().known()) {
        known.add(device.board());
      }
    }
    boards = List.copyOf(known);
    status =
        states.isEmpty()
            ? "there is no device in " + DeviceNodes.frontendRoot(domain.domid())
            : String.join("; ", states);
    anyDevice = !devices.isEmpty();
    allConnected = connected;
  }
}
