package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What can be done wrong with threads that wait. */
final class WaitViolations {

  private WaitViolations() {}

  static List<Violation> violations() {
    return List.of(
        Violation.of(
            "wake-up-does-nothing",
            NoWakeUp::new,
            "wake-up-ends-every-wait",
            "wake-up-ends-no-request"),
        Violation.of("wake-up-is-remembered", Remembering::new, "wake-up-is-not-remembered"),
        Violation.of("woken-wait-lasts-its-time", Lasting::new, "close-ends-waits"),
        Violation.of(
            "only-the-opening-thread-can-wait",
            OneWaiter::new,
            "each-thread-gets-what-it-waits-for",
            "threads-wait-for-different-things",
            "threads-wait-for-any-in-own-endpoints"));
  }

  private static final class NoWakeUp extends ForwardingEndpoint {

    NoWakeUp(Endpoint inner) {
      super(inner);
    }

    @Override
    public void wakeUp() {}
  }

  private static final class Remembering extends ForwardingEndpoint {

    private volatile boolean woken;

    Remembering(Endpoint inner) {
      super(inner);
    }

    @Override
    public void wakeUp() {
      woken = true;
      super.wakeUp();
    }

    @Override
    public boolean await(Request request, Duration timeout, Status status) {
      boolean before = woken;
      woken = false;
      return !before && super.await(request, timeout, status);
    }
  }

  /** A wait that was ended before its time goes on all the same. */
  private static final class Lasting extends ForwardingEndpoint {

    Lasting(Endpoint inner) {
      super(inner);
    }

    @Override
    public boolean probe(long matchInfo, long matchMask, Duration timeout, Status status) {
      long endNs = System.nanoTime() + timeout.toNanos();
      boolean found = super.probe(matchInfo, matchMask, timeout, status);
      while (!found && System.nanoTime() - endNs < 0) {
        LockSupport.parkNanos(endNs - System.nanoTime());
      }
      return found;
    }
  }

  private static final class OneWaiter extends ForwardingEndpoint {

    private final Thread opener = Thread.currentThread();

    OneWaiter(Endpoint inner) {
      super(inner);
    }

    private boolean mayWait() {
      return Thread.currentThread().equals(opener);
    }

    @Override
    public boolean await(Request request, Duration timeout, Status status) {
      return mayWait() && super.await(request, timeout, status);
    }

    @Override
    public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
      return mayWait() && super.awaitAny(matchInfo, matchMask, timeout, status);
    }
  }
}
