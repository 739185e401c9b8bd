package io.myrixen.netfront;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.EndpointPort;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Progress of endpoints whose owners are away, on the control thread. Adding and removing is for
 * any thread, everything else for the control thread.
 */
final class Background {

  /**
   * How long an endpoint whose application sleeps and wakes by itself is left alone: short against
   * a peer's patience, long against a round trip.
   */
  static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Keeps deadlines within reach of a comparison by difference. */
  private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);

  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private static final class Entry {
    final BackgroundWork work;
    final VmPort port;
    final ChannelSleep sleep;
    long dueNs;
    long tickNs;
    boolean due = true;
    boolean detached;
    boolean removed;

    Entry(BackgroundWork work, VmPort port, ChannelSleep sleep) {
      this.work = work;
      this.port = port;
      this.sleep = sleep;
    }
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Runnable wakeControl;
  private final BooleanSupplier killed;

  /**
   * Begins without work.
   *
   * @param killed whether the memory of endpoints may be gone: work fails then because of that
   */
  Background(Runnable wakeControl, BooleanSupplier killed) {
    this.wakeControl = wakeControl;
    this.killed = killed;
  }

  void add(BackgroundWork work) {
    EndpointPort port = work.port();
    if (!(port instanceof VmPort own && own.sleep() instanceof ChannelSleep sleep)) {
      throw new IllegalArgumentException("not a port of this driver: " + port);
    }
    entries.add(new Entry(work, own, sleep));
    wakeControl.run();
  }

  /** When this returns, {@code work} does not run and never will again. */
  void remove(BackgroundWork work) {
    for (Entry entry : entries) {
      if (entry.work.equals(work)) {
        synchronized (entry) {
          entry.removed = true;
        }
        wakeControl.run();
      }
    }
  }

  /** Runs what is due and returns nanoseconds until more is, or {@code Long.MAX_VALUE}. */
  long doWork(long nowNs) {
    entries.removeIf(Background::over);
    long nextNs = Long.MAX_VALUE;
    for (Entry entry : entries) {
      synchronized (entry) {
        if (!entry.removed) {
          nextNs = Math.min(nextNs, doWork(entry, nowNs));
        }
      }
    }
    return nextNs;
  }

  private static boolean over(Entry entry) {
    synchronized (entry) {
      if (entry.removed) {
        entry.sleep.stopListening();
      }
      return entry.removed;
    }
  }

  private long doWork(Entry entry, long nowNs) {
    boolean due = entry.due || (!entry.sleep.dormant() && nowNs - entry.dueNs >= 0);
    due |= entry.sleep.takeForBackground();
    boolean detached = entry.port.detached();
    if (due || detached != entry.detached) {
      entry.detached = detached;
      run(entry, nowNs);
    }
    if (entry.due || entry.sleep.ceded()) {
      if (entry.due || nowNs - entry.tickNs >= 0) {
        entry.sleep.listen();
        entry.tickNs = nowNs + TICK_NS;
      }
    }
    entry.due = false;
    if (entry.sleep.dormant()) {
      return Long.MAX_VALUE;
    }
    long tickNs = entry.sleep.ceded() ? Math.max(0, entry.tickNs - nowNs) : Long.MAX_VALUE;
    return Math.min(Math.max(0, entry.dueNs - nowNs), tickNs);
  }

  private void run(Entry entry, long nowNs) {
    try {
      long againNs = entry.work.doWork(nowNs);
      entry.dueNs = nowNs + Math.clamp(againNs, 0, LONGEST_NS);
    } catch (RuntimeException e) {
      // A bug in one endpoint's progress must not stop the others'; and a domain that is killed
      // loses the memory that this may be looking at.
      Level level = killed.getAsBoolean() ? DEBUG : ERROR;
      LOG.log(level, "background progress of endpoint " + entry.port.endpointId() + " ended", e);
      entry.removed = true;
    }
  }
}
