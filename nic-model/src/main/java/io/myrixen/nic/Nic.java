package io.myrixen.nic;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.idle.SpinOrYield;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.Agent;

/**
 * The NIC as one duty-cycle agent. Everything of its data path is touched by the thread that calls
 * {@link #doWork}; the methods of {@link NicControl} reach that thread through a queue.
 *
 * <p>Whoever runs it and wants to sleep does so in this order:
 *
 * <pre>
 *   if (nic.doWork() == 0 &amp;&amp; nic.prepareToSleep()) { // Or nic.idle(), and look again.
 *     sleep until a VM's event channel or the wake-up hook, at most nic.longestSleepNs();
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
    this.wakeUp = wakeUp;
    this.endpoints = new Endpoints(context);
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
   * Tells every VM that the NIC sleeps, and looks at all queues once more. NIC's thread.
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
   * How long the NIC may sleep if nobody wakes it: {@link Long#MAX_VALUE}, or a millisecond while
   * something waits of which VMs give no notice. NIC's thread, between {@link #prepareToSleep} and
   * {@link #awake}.
   */
  public long longestSleepNs() {
    return endpoints.waiting() ? POLL_INTERVAL_NS : Long.MAX_VALUE;
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
