package io.myrixen.netback;

import io.myrixen.nic.NicControl;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStore.WatchEvent;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceNodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.Agent;
import org.jspecify.annotations.Nullable;

/**
 * The backend driver of one driver domain, for all its VMs: finds devices in the store, brings them
 * up, serves their control rings, gives everything back when they go. One thread calls {@link
 * #doWork}; when it returns 0 that thread may sleep on the waiter it gave, in this order:
 *
 * <pre>
 *   if (netback.doWork() == 0 &amp;&amp; netback.prepareToSleep()) {
 *     waiter.await(at most netback.longestSleepNs());
 *     netback.awake();
 *   }
 * </pre>
 */
public final class Netback implements Agent, AutoCloseable {

  /** Watch events taken per duty cycle, so that a VM that keeps writing cannot stop the others. */
  static final int WATCH_BATCH_LIMIT = 256;

  /**
   * Looks at the messages of relayed boards for each look at the control path, while that is quiet:
   * looking there takes system calls.
   */
  private static final int CONTROL_INTERVAL = 64;

  private static final String ROOT_TOKEN = "backends";

  private final XenStore store;
  private final Waiter waiter;
  private final Services services;
  private final int domid;
  private final Map<String, BackendDevice> devices = new LinkedHashMap<>();
  private final Map<Integer, VmAccount> accounts = new HashMap<>();
  private final Relays relays;
  private @Nullable NativeServer nativeServer;

  /** Cycles since the control path was looked at; all of the interval if that was not quiet. */
  private int sinceControl = CONTROL_INTERVAL;

  private boolean rescan = true;
  private boolean shuttingDown;
  private boolean closed;

  /**
   * Begins to serve the devices whose backend is {@code domain}.
   *
   * @param domain the driver domain
   * @param nic the NIC that the boards are put on
   * @param bells the NIC thread's event channels
   * @param context quotas
   * @param waiter what the calling thread sleeps on: netback adds and removes what it waits for
   */
  public Netback(
      Domain domain, NicControl nic, NicBells bells, NetbackContext context, Waiter waiter) {
    this.domid = domain.domid();
    this.waiter = waiter;
    this.store = domain.openStore();
    AfterNic afterNic = new AfterNic(waiter);
    this.relays = new Relays(waiter, bells::wake);
    this.services =
        new Services(domain, nic, bells, relays, context, new Tally(), afterNic, new Sessions());
    nic.faultListener((nicId, endpointId, what, value) ->
        afterNic.run(() -> onEndpointFault(nicId, endpointId, what, value)));
    store.watch(DeviceNodes.backendRoot(domid), ROOT_TOKEN);
    waiter.add(store);
  }

  /**
   * Gives boards to native processes too: those of this user that connect to {@code socket}.
   * Netback's thread, or before that begins; needs a waiter that sleeps on descriptors.
   *
   * @throws XenException if nobody can listen there
   */
  public void serveNative(Path socket) {
    nativeServer = new NativeServer(services, store, waiter, socket);
  }

  @Override
  public String roleName() {
    return "netback";
  }

  /**
   * Does what is due, and never blocks.
   *
   * @return how much there was to do; 0 if there will be nothing more until the waiter wakes
   */
  @Override
  public int doWork() {
    if (closed) {
      return 0;
    }
    int carried = relays.doWork();
    if (relays.any() && sinceControl < CONTROL_INTERVAL) {
      sinceControl++;
      return carried;
    }
    int work = control();
    sinceControl = work == 0 ? 0 : CONTROL_INTERVAL;
    return carried + work;
  }

  private int control() {
    int work = services.afterNic().drain();
    work += takeWatches();
    if (rescan) {
      rescan = false;
      scan();
      work++;
    }
    for (BackendDevice device : new ArrayList<>(devices.values())) {
      work += device.doWork();
      if (device.forgotten()) {
        forget(device);
      }
    }
    return work + (nativeServer == null ? 0 : nativeServer.doWork());
  }

  /**
   * Whether messages pass through here: there may be work soon, of which nobody gives notice unless
   * he was told that this thread sleeps.
   */
  public boolean relaying() {
    return relays.any();
  }

  /**
   * Tells everybody whose messages pass here that this thread sleeps, and looks once more.
   *
   * @return false if there was work after all: they have been told that it is awake
   */
  public boolean prepareToSleep() {
    return relays.prepareToSleep();
  }

  /** How long the thread may sleep if nobody wakes it, in nanoseconds. */
  public long longestSleepNs() {
    return relays.longestSleepNs();
  }

  /** Tells everybody that this thread is awake, after each sleep. */
  public void awake() {
    relays.awake();
    sinceControl = CONTROL_INTERVAL;
  }

  /** What has been counted. Any thread. */
  public NetbackCounters counters() {
    return services.tally().snapshot();
  }

  /**
   * Begins to let go of everybody; {@link #doWork} goes on until {@link #idle}. No device is taken
   * on any more.
   */
  public void shutDown() {
    shuttingDown = true;
    devices.values().forEach(BackendDevice::shutDown);
    if (nativeServer != null) {
      nativeServer.shutDown();
    }
  }

  /** Whether nobody is connected and the NIC has let go of all. */
  public boolean idle() {
    return devices.values().stream().allMatch(BackendDevice::idle)
        && (nativeServer == null || nativeServer.idle());
  }

  /** Leaves the store. Whoever wants VMs to see a clean end calls {@link #shutDown} before. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (nativeServer != null) {
        nativeServer.close();
      }
      waiter.remove(store);
      store.close();
    }
  }

  private void forget(BackendDevice gone) {
    devices.remove(path(gone.nodes()));
    rescan = true; // It may have been made again meanwhile.
    boolean last = true;
    for (BackendDevice device : devices.values()) {
      if (device.nodes().frontendDomid() == gone.nodes().frontendDomid()) {
        device.reconsider(); // There is room for one more device.
        last = false;
      }
    }
    if (last) {
      accounts.remove(gone.nodes().frontendDomid());
    }
  }

  private int takeWatches() {
    int count = 0;
    for (; count < WATCH_BATCH_LIMIT; count++) {
      WatchEvent event = store.pollWatch();
      if (event == null) {
        break;
      }
      if (!event.token().equals(ROOT_TOKEN)) {
        BackendDevice device = devices.get(event.token());
        if (device != null) {
          device.reconsider(); // The frontend moved.
        }
      } else {
        BackendDevice device = devices.get(devicePath(event.path()));
        if (device != null) {
          device.changed();
        } else {
          rescan = true;
        }
      }
    }
    if (store.disconnected()) {
      throw new XenStoreException("EIO", "the connection to the store is gone");
    }
    return count;
  }

  /** Returns the directory of the device that {@code path} lies in, or {@code path} itself. */
  private String devicePath(String path) {
    String root = DeviceNodes.backendRoot(domid) + "/";
    if (!path.startsWith(root)) {
      return path;
    }
    int device = path.indexOf('/', root.length());
    int key = device < 0 ? -1 : path.indexOf('/', device + 1);
    return key < 0 ? path : path.substring(0, key);
  }

  private void scan() {
    if (shuttingDown) {
      return;
    }
    for (BackendDevice device : devices.values()) {
      device.changed(); // Its directory, or the one above, may have gone.
    }
    List<DeviceNodes> found = DeviceNodes.backendsOf(store, domid);
    for (DeviceNodes nodes : found) {
      devices.computeIfAbsent(
          path(nodes),
          _ -> {
            VmAccount account =
                accounts.computeIfAbsent(
                    nodes.frontendDomid(),
                    _ -> new VmAccount(services.context(), services.tally()));
            return new BackendDevice(services, store, waiter, nodes, account);
          });
    }
  }

  private void onEndpointFault(long nicId, int endpointId, String what, long value) {
    for (BackendDevice device : devices.values()) {
      if (device.serves(nicId)) {
        device.onEndpointFault(endpointId, what, value);
      }
    }
    if (nativeServer != null) {
      nativeServer.onEndpointFault(nicId, endpointId, what, value);
    }
  }

  private static String path(DeviceNodes nodes) {
    return nodes.backend();
  }
}
