package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Status;
import io.myrixen.mx.idle.SpinOrYield;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Waiting threads: poll and make progress within a budget, then sleep until the NIC or a deadline
 * wakes them. On a shared endpoint one of them polls or sleeps at the port, and the others sleep
 * until something has ended.
 *
 * <p>Going to sleep: say so to the NIC, LOOK AGAIN, sleep. An event written before the NIC can see
 * the flag is found by the look; one written after it raises the event channel.
 */
final class Waiting {

  /** What a wait looks for. */
  private enum Goal {
    REQUEST,
    ANY,
    SETTLED,
    NOTHING
  }

  /**
   * Bounds the polling where the clock stands still between sleeps, as it does in simulation; at
   * half a microsecond a look this is longer than any sensible budget.
   */
  private static final int MAX_IDLE_LOOKS = 4_096;

  /** Of so many looks of one wait one is a whole pass, whatever the short ones see. */
  private static final int PASS_EVERY = 16;

  /** 1 ms between looks while closing: shorter than anything a person notices. */
  private static final long SETTLING_LOOK_NS = 1_000_000L;

  private final Engine engine;
  private final Gate gate;
  private final SpinOrYield idle;
  private final long budgetNs;

  /** Moves on each wake-up: a wait ends when it is not what it was at its beginning. */
  private final AtomicInteger wakeUps = new AtomicInteger();

  /** Shared: whether a thread polls or sleeps at the port. Guarded by the gate. */
  private boolean attended;

  /** Whether a thread sleeps at the port. Guarded by the gate. */
  private boolean sleeping;

  /** What the thread waits for that slept last: for who asks while it sleeps. */
  private Goal goal = Goal.NOTHING;

  private @Nullable EndpointRequest goalRequest;
  private long goalInfo;
  private long goalMask;

  Waiting(Engine engine, Gate gate) {
    this.engine = engine;
    this.gate = gate;
    EndpointOptions options = engine.options;
    idle = new SpinOrYield(options.waitSpins());
    budgetNs = options.waitBudget().toNanos();
  }

  /** Ends all current waits. From any thread. */
  void wakeUp() {
    wakeUps.incrementAndGet();
    engine.port.wakeUp();
    gate.signalChangeFromOutside();
  }

  /** Whether a thread sleeps at the port, which then must stay armed. Inside the gate. */
  boolean sleeping() {
    return sleeping;
  }

  /**
   * Inside the gate: makes a pass for a call that does not wait. Returns whether it did anything.
   */
  boolean pass() {
    long ended = engine.outcomes.ended;
    boolean worked = engine.pass();
    if (gate.shared() && engine.outcomes.ended != ended) {
      tellOthers();
    }
    return worked;
  }

  private void tellOthers() {
    gate.signalChange();
    if (sleeping) {
      engine.port.wakeUp();
    }
  }

  /** Waits for {@code request}; inside the gate, which a shared endpoint leaves now and then. */
  boolean await(EndpointRequest request, long timeoutNs, Status status) {
    return await(Goal.REQUEST, request, 0, 0, timeoutNs, status);
  }

  /** Waits for any request that has ended and matches. */
  boolean awaitAny(long info, long mask, long timeoutNs, Status status) {
    return await(Goal.ANY, null, info, mask, timeoutNs, status);
  }

  /** Waits until everything is acknowledged. Returns whether it is. */
  boolean awaitSettled(long timeoutNs) {
    return await(Goal.SETTLED, null, 0, 0, timeoutNs, null);
  }

  /** Lets time pass, making progress. */
  void pause(long timeoutNs) {
    var _ = await(Goal.NOTHING, null, 0, 0, timeoutNs, null);
  }

  private boolean await(
      Goal goal,
      @Nullable EndpointRequest request,
      long info,
      long mask,
      long timeoutNs,
      @Nullable Status status) {
    int wakeUpsBefore = wakeUps.get();
    long deadlineNs = engine.nowNs + timeoutNs;
    long idleSinceNs = engine.nowNs;
    int idleLooks = 0;
    boolean attending = false;
    try {
      while (true) {
        if (take(goal, request, info, mask, status)) {
          return true;
        }
        attending = attending || attend();
        boolean worked = attending && look(idleLooks);
        if (worked && take(goal, request, info, mask, status)) {
          idle.found();
          return true;
        }
        long remainingNs = deadlineNs - engine.nowNs;
        if (remainingNs <= 0 || ended(wakeUpsBefore) || engine.gone()) {
          return take(goal, request, info, mask, status);
        }
        if (!attending) {
          gate.awaitChange(remainingNs);
          engine.look();
        } else if (worked) {
          idle.found();
          idleLooks = 0;
          idleSinceNs = engine.nowNs;
        } else if (++idleLooks > MAX_IDLE_LOOKS || engine.nowNs - idleSinceNs >= budgetNs) {
          remember(goal, request, info, mask);
          // The NIC does not tell when it has taken the last command.
          sleep(goal == Goal.SETTLED ? Math.min(remainingNs, SETTLING_LOOK_NS) : remainingNs);
          idle.begin();
        } else {
          breathe();
        }
      }
    } finally {
      if (attending) {
        attended = false;
        gate.signalChange();
      }
    }
  }

  private boolean ended(int wakeUpsBefore) {
    return wakeUps.get() != wakeUpsBefore || Thread.currentThread().isInterrupted();
  }

  private boolean take(
      Goal goal, @Nullable EndpointRequest request, long info, long mask, @Nullable Status status) {
    return switch (goal) {
      case REQUEST -> request != null && status != null && engine.outcomes.take(request, status);
      case ANY -> status != null && engine.outcomes.takeAny(info, mask, status);
      case SETTLED -> engine.settled();
      case NOTHING -> false;
    };
  }

  /** Becomes the thread that polls, unless there is one. */
  private boolean attend() {
    if (attended) {
      return false;
    }
    attended = true;
    return true;
  }

  /** A pass, or on a confined endpoint mostly the short look whether one is worth it. */
  private boolean look(int idleLooks) {
    return (gate.shared() || idleLooks % PASS_EVERY == 0 || engine.stirs()) && pass();
  }

  /** Between two looks: lets others have the processor, and the gate if it is shared. */
  private void breathe() {
    if (!gate.shared()) {
      idle.idle();
      return;
    }
    gate.exit();
    idle.idle();
    gate.enter();
  }

  private void remember(Goal goal, @Nullable EndpointRequest request, long info, long mask) {
    this.goal = goal;
    goalRequest = request;
    goalInfo = info;
    goalMask = mask;
  }

  /** What the thread waits for that sleeps, or is about to. Inside the gate. */
  Wait current() {
    String what =
        switch (goal) {
          case REQUEST -> "request";
          case ANY -> "any-request";
          case SETTLED -> "acknowledgements-before-closing";
          case NOTHING -> "time";
        };
    return new Wait("waiting", what, goalRequest, goalInfo, goalMask);
  }

  private void sleep(long remainingNs) {
    if (engine.inquiry.open()) {
      engine.inquiry.answer(current());
    }
    engine.arm();
    if (pass()) { // The look again.
      engine.disarm();
      return;
    }
    long timeoutNs = Math.min(remainingNs, engine.timers.remainingNs(engine.nowNs));
    if (gate.shared()) {
      sleeping = true;
      gate.exit();
      try {
        engine.port.await(timeoutNs);
      } finally {
        gate.enter();
        sleeping = false;
      }
    } else {
      engine.port.await(timeoutNs);
    }
    engine.disarm();
  }
}
