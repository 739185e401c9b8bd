package io.myrixen.nic;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.idle.SpinOrYield;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The NIC as one duty-cycle agent. Everything of its data path is touched by the thread that calls
 * {@link #doWork}; the methods of {@link NicControl} reach that thread through a queue.
 *
 * <p>Whoever runs it and wants to sleep does so in this order:
 *
 * <pre>
 *   if (nic.doWork() == 0 &amp;&amp; nic.prepareToSleep()) { // Or nic.idle(), and look again.
 *     sleep until a VM's event channel, a frame or the wake-up hook, at most nic.longestSleepNs();
 *     nic.awake();
 *   }
 * </pre>
 */
public final class Nic implements Agent, NicControl {

  /** Control commands executed in a duty cycle, so that they cannot stop the traffic. */
  private static final int CONTROL_LIMIT = 16;

  /**
   * How long a receiver's regained room, or a completion taken, may go unnoticed: VMs notify of
   * commands and watermarks only. A thousand polls a second cost a thousandth of a core.
   */
  private static final long POLL_INTERVAL_NS = 1_000_000;

  private record Command(Runnable action, CompletableFuture<Void> done) {}

  private final Runnable wakeUp;
  private final ConcurrentLinkedQueue<Command> control = new ConcurrentLinkedQueue<>();
  private final Endpoints endpoints;
  private volatile boolean closed;

  /** How the wait under way passes its time; NIC's thread. */
  private SpinOrYield idle;

  /**
   * Makes a NIC without boards.
   *
   * @param wakeUp ends the sleep of the NIC's thread; called from any thread after each control
   *     command
   */
  public Nic(NicContext context, Runnable wakeUp) {
    this(
        context,
        SystemNanoClock.INSTANCE,
        new SplittableRandom(new SecureRandom().nextLong()),
        wakeUp);
  }

  /**
   * Makes a NIC without boards that takes time and chance from its caller.
   *
   * @param clock read once in a cycle while a port is attached, and only by the NIC's thread
   * @param random where what peers must not guess comes from; NIC's thread
   * @param wakeUp ends the sleep of the NIC's thread; called from any thread after each control
   *     command
   */
  public Nic(NicContext context, NanoClock clock, RandomGenerator random, Runnable wakeUp) {
    this.wakeUp = wakeUp;
    this.endpoints = new Endpoints(context, clock, random);
    this.idle = endpoints.lastServed();
  }

  @Override
  public String roleName() {
    return "nic";
  }

  @Override
  public int doWork() {
    int work = control() + endpoints.doWork();
    if (work > 0) {
      idle.found();
      idle = endpoints.lastServed();
    }
    return work;
  }

  /** Passes the time after a {@link #doWork} that found nothing, before the next. NIC's thread. */
  public void idle() {
    idle.idle();
  }

  private int control() {
    int executed = 0;
    while (executed < CONTROL_LIMIT) {
      Command command = control.poll();
      if (command == null) {
        break;
      }
      try {
        command.action().run();
        command.done().complete(null);
      } catch (RuntimeException e) {
        command.done().completeExceptionally(e);
      }
      executed++;
    }
    return executed;
  }

  /** Closes every endpoint; control commands fail from now on. */
  @Override
  public void onClose() {
    closed = true;
    endpoints.closeAll();
    failControl();
  }

  private void failControl() {
    Command command = control.poll();
    while (command != null) {
      command.done().completeExceptionally(new NicException(ReturnCode.NIC_DEAD, "NIC stopped"));
      command = control.poll();
    }
  }

  /**
   * Tells every VM that the NIC sleeps, and looks at all queues and the port once more, which may
   * take frames. NIC's thread.
   *
   * @return false if there is work after all: the VMs have been told that the NIC is awake
   */
  public boolean prepareToSleep() {
    endpoints.asleep(true);
    // A full fence lies between the flags and this look: a VM that wrote before sees the flag.
    if (control.isEmpty() && !endpoints.ready()) {
      return true;
    }
    endpoints.asleep(false);
    return false;
  }

  /**
   * How long the NIC may sleep if nobody wakes it: {@link Long#MAX_VALUE}, or until the next of its
   * timers is due, or a millisecond while something waits of which VMs give no notice. NIC's
   * thread, between {@link #prepareToSleep} and {@link #awake}.
   */
  public long longestSleepNs() {
    long untilTimerNs = endpoints.longestSleepNs();
    return endpoints.waiting() ? Math.min(POLL_INTERVAL_NS, untilTimerNs) : untilTimerNs;
  }

  /** Tells every VM that the NIC is awake. NIC's thread. */
  public void awake() {
    idle.begin();
    endpoints.asleep(false);
  }

  private CompletableFuture<Void> submit(Runnable action) {
    var done = new CompletableFuture<Void>();
    control.add(new Command(action, done));
    if (closed) {
      failControl(); // onClose may have looked before.
    } else {
      wakeUp.run();
    }
    return done;
  }

  @Override
  public CompletableFuture<Void> addBoard(BoardConfig config) {
    return submit(() -> endpoints.addBoard(config));
  }

  @Override
  public CompletableFuture<Void> removeBoard(long nicId) {
    return submit(() -> endpoints.removeBoard(nicId));
  }

  @Override
  public CompletableFuture<Void> openEndpoint(EndpointConfig config) {
    return submit(() -> endpoints.open(config));
  }

  @Override
  public CompletableFuture<Void> closeEndpoint(long nicId, int endpointId) {
    return submit(() -> endpoints.close(nicId, endpointId));
  }

  @Override
  public CompletableFuture<Void> addRegion(
      long nicId, int endpointId, int regionId, MemorySegment memory, boolean writable) {
    var region = new Region(memory, writable);
    return submit(() -> endpoints.addRegion(nicId, endpointId, regionId, region));
  }

  @Override
  public CompletableFuture<Void> removeRegion(long nicId, int endpointId, int regionId) {
    return submit(() -> endpoints.removeRegion(nicId, endpointId, regionId));
  }

  @Override
  public CompletableFuture<Void> attachPort(Port port, WireProfile profile) {
    if (port.maxFrameBytes() < profile.maxFrameBytes()) {
      throw new IllegalArgumentException(
          "%s has frames of %d bytes, the port of %d"
              .formatted(profile, profile.maxFrameBytes(), port.maxFrameBytes()));
    }
    return submit(() -> endpoints.attach(port, profile));
  }

  @Override
  public CompletableFuture<Void> detachPort() {
    return submit(endpoints::detach);
  }

  @Override
  public CompletableFuture<Void> addPeer(long nicId, String hostname) {
    BoardConfig.checkIdentity(nicId, hostname);
    var peer = new Peer(nicId, hostname);
    return submit(() -> endpoints.addPeer(peer));
  }

  @Override
  public List<Peer> peers() {
    return endpoints.peers();
  }

  @Override
  public void faultListener(EndpointFaultListener listener) {
    endpoints.faultListener(listener);
  }

  @Override
  public NicCounters counters() {
    return endpoints.counters();
  }
}
