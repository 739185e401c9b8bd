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
    REQUEST("request"),
    ANY("any-request"),
    ENDED("ended-request"),
    MESSAGE("unexpected-message"),
    SETTLED("acknowledgements-before-closing"),
    NOTHING("time");

    final String word;

    Goal(String word) {
      this.word = word;
    }
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

  /** Until when that thread sleeps at most. Guarded by the gate. */
  private long sleepsUntilNs;

  /** How much news the other threads have been told of. Guarded by the gate. */
  private long newsTold;

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

  /** How many wake-ups there have been: what a wait that begins now is not ended by. */
  int wakeUps() {
    return wakeUps.get();
  }

  /** Disables or enables progression; inside the gate. */
  void disableProgression(boolean disable) {
    engine.handling.disabled(disable);
    if (gate.lent()) {
      return; // Nobody has noticed anything yet.
    }
    gate.signalChange();
    if (sleeping) {
      engine.port.wakeUp(); // It looks anew, whether it is to sleep here or at the gate.
    }
  }

  /** Whether a thread sleeps at the port, which then must stay armed. Inside the gate. */
  boolean sleeping() {
    return sleeping;
  }

  /**
   * Inside the gate: makes a pass for a call that does not wait. Returns whether it did anything.
   */
  boolean pass() {
    boolean worked = engine.pass();
    tellOthers();
    return worked;
  }

  /**
   * Inside the gate: has the other threads of a shared endpoint look if there is something new, and
   * the one that sleeps at the port if something is due before it would look by itself.
   */
  void tellOthers() {
    if (!gate.shared() || gate.lent()) {
      return; // While the application's handler runs, whoever called it tells.
    }
    boolean news = engine.outcomes.news != newsTold;
    if (news) {
      newsTold = engine.outcomes.news;
      gate.signalChange();
    }
    if (sleeping) {
      long dueNs = engine.nowNs + engine.timers.remainingNs(engine.nowNs);
      if (news || dueNs - sleepsUntilNs < 0) {
        sleepsUntilNs = dueNs;
        engine.port.wakeUp();
      }
    }
  }

  /** Waits for {@code request}; inside the gate, which a shared endpoint leaves now and then. */
  boolean await(EndpointRequest request, long timeoutNs, int wakeUpsBefore, Status status) {
    return await(Goal.REQUEST, request, 0, 0, timeoutNs, wakeUpsBefore, status);
  }

  /** Waits for any request that has ended and matches. */
  boolean awaitAny(long info, long mask, long timeoutNs, int wakeUpsBefore, Status status) {
    return await(Goal.ANY, null, info, mask, timeoutNs, wakeUpsBefore, status);
  }

  /** Waits for a request that has ended. */
  boolean awaitEnded(long timeoutNs, int wakeUpsBefore) {
    return await(Goal.ENDED, null, 0, 0, timeoutNs, wakeUpsBefore, null);
  }

  /** Waits for an unexpected message that matches. */
  boolean awaitMessage(long info, long mask, long timeoutNs, int wakeUpsBefore, Status status) {
    return await(Goal.MESSAGE, null, info, mask, timeoutNs, wakeUpsBefore, status);
  }

  /** Waits until everything is acknowledged. Returns whether it is. */
  boolean awaitSettled(long timeoutNs) {
    return await(Goal.SETTLED, null, 0, 0, timeoutNs, wakeUps.get(), null);
  }

  /** Lets time pass, making progress, until a wake-up beyond {@code wakeUpsBefore}. */
  void pause(long timeoutNs, int wakeUpsBefore) {
    var _ = await(Goal.NOTHING, null, 0, 0, timeoutNs, wakeUpsBefore, null);
  }

  private boolean await(
      Goal goal,
      @Nullable EndpointRequest request,
      long info,
      long mask,
      long timeoutNs,
      int wakeUpsBefore,
      @Nullable Status status) {
    long deadlineNs = engine.nowNs + timeoutNs;
    long idleSinceNs = engine.nowNs;
    int idleLooks = 0;
    boolean attending = false;
    try {
      while (true) {
        if (take(goal, request, info, mask, status)) {
          return true;
        }
        if (engine.handling.running()) {
          return false; // Nothing can happen until it has ended.
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
        if (!attending || engine.handling.disabled()) {
          rest(remainingNs);
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

  /** Sleeps until another thread says that there is something new, or lets progress go on. */
  private void rest(long remainingNs) {
    if (gate.shared()) {
      gate.awaitChange(remainingNs);
    } else {
      engine.port.await(remainingNs);
    }
    engine.look();
  }

  private boolean ended(int wakeUpsBefore) {
    return wakeUps.get() != wakeUpsBefore || Thread.currentThread().isInterrupted();
  }

  private boolean take(
      Goal goal, @Nullable EndpointRequest request, long info, long mask, @Nullable Status status) {
    return switch (goal) {
      case REQUEST -> request != null && status != null && engine.outcomes.take(request, status);
      case ANY -> status != null && engine.outcomes.takeAny(info, mask, status);
      case ENDED -> engine.outcomes.oldest() != null;
      case MESSAGE -> status != null && engine.matching.probe(info, mask, status);
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
    return new Wait("waiting", goal.word, goalRequest, goalInfo, goalMask);
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
      sleepsUntilNs = engine.nowNs + timeoutNs;
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
