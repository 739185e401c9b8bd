package io.myrixen.simulation.time;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.NanoClock;

/**
 * What happens when, and the clock that jumps from one such moment to the next. What falls on the
 * same moment happens in the order in which it was noted, so that a run is the same each time.
 *
 * <p>Confined to one thread. What runs from here may wait, and so let the others go on before it
 * returns: {@link #step} may be called from within.
 */
public final class Agenda implements NanoClock {

  /** Nothing happens at this moment, nor later. */
  public static final long NEVER_NS = Long.MAX_VALUE;

  /** So many things at one moment are a loop: a turn of any NIC or endpoint takes some time. */
  private static final int STANDSTILL_STEPS = 5_000_000;

  private record Entry(long atNs, long serial, Alarm alarm, int stamp)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return atNs == other.atNs
          ? Long.compare(serial, other.serial)
          : Long.compare(atNs, other.atNs);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final long originNs;
  private long nowNs;
  private long serial;
  private long steps;
  private int stepsAtThisMoment;
  private int depth;

  /**
   * Begins at time 0.
   *
   * @param originNs what {@link #nanoTime} reads then; near {@link Long#MAX_VALUE} it overflows, as
   *     a real one may
   */
  public Agenda(long originNs) {
    this.originNs = originNs;
  }

  /** Nanoseconds since the beginning. */
  public long nowNs() {
    return nowNs;
  }

  /** What a clock of the simulated machines reads. */
  @Override
  public long nanoTime() {
    return originNs + nowNs;
  }

  /** How many things have happened so far. */
  public long steps() {
    return steps;
  }

  /** Whether something runs from this list now. */
  public boolean running() {
    return depth > 0;
  }

  /** How many things that run now were begun inside each other. */
  public int depth() {
    return depth;
  }

  /** Makes an alarm that runs {@code task}; it is not set. */
  public Alarm alarm(Runnable task) {
    return new Alarm(this, task);
  }

  /** Runs {@code task} once, after {@code delayNs} nanoseconds. */
  public void in(long delayNs, Runnable task) {
    alarm(task).setIn(delayNs);
  }

  void note(Alarm alarm, long atNs, int stamp) {
    entries.add(new Entry(Math.max(atNs, nowNs), serial++, alarm, stamp));
  }

  /**
   * Lets the next thing happen, if its moment is not after {@code limitNs}.
   *
   * @return false if there was none: the clock has moved to {@code limitNs}, unless that is {@link
   *     #NEVER_NS}
   */
  public boolean step(long limitNs) {
    Entry next = entries.peek();
    while (next != null && !next.alarm().awaits(next.stamp())) {
      entries.poll(); // Taken back, or moved to an earlier moment.
      next = entries.peek();
    }
    if (next == null || next.atNs() > limitNs) {
      if (limitNs != NEVER_NS) {
        moveTo(limitNs);
      }
      return false;
    }
    entries.poll();
    moveTo(next.atNs());
    steps++;
    if (++stepsAtThisMoment > STANDSTILL_STEPS) {
      throw new StandstillException("time stands still at %d ns".formatted(nowNs));
    }
    depth++;
    try {
      next.alarm().ring();
    } finally {
      depth--;
    }
    return true;
  }

  private void moveTo(long timeNs) {
    if (timeNs > nowNs) {
      nowNs = timeNs;
      stepsAtThisMoment = 0;
    }
  }

  /** Lets {@code durationNs} nanoseconds pass. */
  public void run(long durationNs) {
    long endNs = nowNs + durationNs;
    while (step(endNs)) {}
  }

  /**
   * Lets things happen until {@code condition} holds, or {@code timeoutNs} has passed.
   *
   * @return whether it holds
   */
  public boolean runUntil(BooleanSupplier condition, long timeoutNs) {
    long endNs = nowNs + timeoutNs;
    while (!condition.getAsBoolean()) {
      if (!step(endNs)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }
}
