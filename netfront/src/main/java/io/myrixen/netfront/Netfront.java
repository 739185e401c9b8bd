package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.Pending;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * The frontend driver of one VM, for all its devices. One thread calls {@link #doWork}; when it
 * returns 0 that thread may sleep on the waiter it gave, until {@link #nextDeadlineNs} at most.
 */
final class Netfront implements Agent, Control.Tasks, AutoCloseable {

  /** Watch events taken per duty cycle. */
  static final int WATCH_BATCH_LIMIT = 256;

  private static final String ROOT_TOKEN = "devices";

  private record Work(Pending<?> pending, Control.Task task) {}

  private final Domain domain;
  private final NanoClock clock;
  private final NetfrontContext context;
  private final Waiter waiter;
  private final XenStore store;
  private final Control control;
  private final Map<Integer, FrontDevice> devices = new TreeMap<>();
  private final ConcurrentLinkedQueue<Work> tasks = new ConcurrentLinkedQueue<>();

  /** Connections that are over, with ports that the application has yet to close. */
  private final List<Link> ended = new ArrayList<>();

  private boolean rescan = true;
  private boolean leaving;
  private boolean failed;
  private long nowNs;
  private volatile boolean closed;
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
    this.control = new Control(domain, this, sleeps);
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
      return failTasks();
    }
    nowNs = clock.nanoTime();
    if (failed) {
      return runTasks();
    }
    int work = takeWatches();
    if (rescan) {
      rescan = false;
      scan();
      work++;
    }
    work += runTasks();
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

  /** Returns nanoseconds until a request times out, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (FrontDevice device : devices.values()) {
      next = Math.min(next, device.nextDeadlineNs(nowNs));
    }
    return next;
  }

  /** The boards whose driver domain has been met; a copy that does not change. Any thread. */
  List<Board> boards() {
    return boards;
  }

  /** Whether there are devices, and all are connected. Any thread. */
  boolean allConnected() {
    return allConnected;
  }

  /** Whether there are devices. Any thread. */
  boolean anyDevice() {
    return anyDevice;
  }

  /** What there is and where it stands, in words. Any thread. */
  String status() {
    return status;
  }

  /** Begins to part with every device; done once {@link #left}. */
  void leave() {
    leaving = true;
    devices.values().forEach(FrontDevice::leave);
  }

  /**
   * The hypervisor is gone: every port is detached, every request fails. What remains is to close
   * what the application has open, so {@link #doWork} goes on with that.
   */
  void fail(String reason) {
    failed = true;
    devices.values().forEach(device -> device.fail(reason));
    waiter.remove(store);
    publish();
  }

  /** Gives everything back, and what the application still has open; asks nobody any more. */
  void abort(String reason) {
    leaving = true;
    devices.values().forEach(device -> device.abort(reason));
    ended.forEach(Link::releasePorts);
    ended.clear();
  }

  /** Whether nothing is shared with any driver domain. */
  boolean left() {
    return devices.values().stream().allMatch(FrontDevice::released);
  }

  @Override
  public void execute(Pending<?> pending, Control.Task task) {
    tasks.add(new Work(pending, task));
    if (closed) {
      failTasks();
    } else {
      waiter.wakeUp();
    }
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  /** Leaves the store. What waits to be done fails. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      failTasks();
      waiter.remove(store);
      store.close();
    }
  }

  private int runTasks() {
    int count = 0;
    for (Work work = tasks.poll(); work != null; work = tasks.poll()) {
      count++;
      try {
        work.task().run();
      } catch (RuntimeException e) {
        work.pending().fail(e);
      }
    }
    return count;
  }

  private int failTasks() {
    int count = 0;
    for (Work work = tasks.poll(); work != null; work = tasks.poll()) {
      count++;
      work.pending().fail(new MxException(ReturnCode.NIC_DEAD, "the boards were given back"));
    }
    return count;
  }

  private int takeWatches() {
    int count = 0;
    for (; count < WATCH_BATCH_LIMIT; count++) {
      WatchEvent event = store.pollWatch();
      if (event == null) {
        break;
      }
      rescan = true; // A VM has few devices: to look at all of them is simplest.
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
            nodes.deviceId(), id -> new FrontDevice(control, context, store, waiter, ended, id));
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
