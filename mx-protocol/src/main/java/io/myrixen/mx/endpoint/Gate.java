package io.myrixen.mx.endpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time into an endpoint: an application's or the driver's, which makes
 * progress in the background.
 *
 * <pre>
 *   FREE --enter--&gt; APPLICATION --exit--&gt; FREE
 *   FREE --tryEnterAgent--&gt; AGENT --exitAgent--&gt; FREE
 * </pre>
 *
 * <p>The agent never waits; an application's thread waits for the agent, whose passes are short.
 * Confined, a second application thread is refused; shared, it waits at a lock before the gate.
 */
final class Gate {

  private static final int FREE = 0;
  private static final int APPLICATION = 1;
  private static final int AGENT = 2;

  /** Looks at a gate that the agent holds before yielding: its passes take a microsecond. */
  private static final int SPINS = 100;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Gate.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable ReentrantLock lock;
  private final @Nullable Condition changed;

  @SuppressWarnings("UnusedVariable") // Through STATE.
  private int state;

  private volatile @Nullable Thread holder;

  /**
   * The thread inside that runs the application's code, and so may enter and leave meanwhile.
   * Plain: a thread compares it with itself, and finds itself only if it put itself there.
   */
  private @Nullable Thread borrower;

  Gate(boolean shared) {
    lock = shared ? new ReentrantLock() : null;
    changed = lock == null ? null : lock.newCondition();
  }

  boolean shared() {
    return lock != null;
  }

  /** Enters. Acquires what the last one inside released. */
  @SuppressWarnings("ThreadPriorityCheck") // Threads may outnumber processors.
  void enter() {
    if (lent()) {
      return;
    }
    ReentrantLock mutex = lock;
    if (mutex != null) {
      mutex.lock();
    }
    int spins = 0;
    while (!STATE.compareAndSet(this, FREE, APPLICATION)) {
      if ((int) STATE.getAcquire(this) == APPLICATION) {
        refuse();
      }
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    holder = Thread.currentThread();
  }

  /** Enters as soon as nobody is inside, also where {@link #enter} would refuse. */
  @SuppressWarnings("ThreadPriorityCheck") // As above.
  void enterWhenFree() {
    ReentrantLock mutex = lock;
    if (mutex != null) {
      mutex.lock();
    }
    while (!STATE.compareAndSet(this, FREE, APPLICATION)) {
      Thread.yield();
    }
    holder = Thread.currentThread();
  }

  private void refuse() {
    Thread inside = holder;
    if (inside != null) {
      throw new IllegalStateException(
          "endpoint is confined to one thread at a time: %s came while %s is inside; open it shared"
              .formatted(Thread.currentThread().getName(), inside.getName()));
    }
  }

  /** Leaves. Releases what was done inside. */
  void exit() {
    if (lent()) {
      return;
    }
    holder = null;
    STATE.setRelease(this, FREE);
    ReentrantLock mutex = lock;
    if (mutex != null) {
      mutex.unlock();
    }
  }

  /** Inside: until {@link #takeBack}, this thread may enter and leave, which changes nothing. */
  void lend() {
    borrower = Thread.currentThread();
  }

  /** Ends {@link #lend}. */
  void takeBack() {
    borrower = null;
  }

  /** Whether this thread is inside and runs the application's code. */
  @SuppressWarnings("ReferenceEquality") // A thread is one object.
  boolean lent() {
    return borrower == Thread.currentThread();
  }

  /** Enters for background progress, if nobody is inside. */
  boolean tryEnterAgent() {
    return STATE.compareAndSet(this, FREE, AGENT);
  }

  /** Leaves after background progress. */
  void exitAgent() {
    STATE.setRelease(this, FREE);
  }

  /** Shared, inside: leaves, waits for {@link #changed} or for time to pass, and enters again. */
  @SuppressWarnings("WaitNotInLoop") // The caller's loop looks again.
  void awaitChange(long timeoutNs) {
    ReentrantLock mutex = lock;
    Condition condition = changed;
    if (mutex == null || condition == null) {
      throw new IllegalStateException("a confined endpoint has nobody to wait for");
    }
    holder = null;
    STATE.setRelease(this, FREE);
    boolean interrupted = false;
    try {
      var _ = condition.awaitNanos(timeoutNs);
    } catch (InterruptedException _) {
      interrupted = true; // The caller looks at the flag.
    }
    mutex.unlock();
    enter();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shared, inside: has every thread in {@link #awaitChange} look. */
  void signalChange() {
    Condition condition = changed;
    if (condition != null) {
      condition.signalAll();
    }
  }

  /** From any thread: has every thread in {@link #awaitChange} look. */
  void signalChangeFromOutside() {
    ReentrantLock mutex = lock;
    if (mutex != null) {
      mutex.lock();
      try {
        signalChange();
      } finally {
        mutex.unlock();
      }
    }
  }
}
