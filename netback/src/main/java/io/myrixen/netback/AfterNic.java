package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.nic.NicException;
import io.myrixen.xen.Waiter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what ends on the NIC's thread back to netback's. Unbounded, since nothing here is added
 * without a request or an endpoint that is counted elsewhere.
 */
final class AfterNic {

  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final Waiter waiter;

  AfterNic(Waiter waiter) {
    this.waiter = waiter;
  }

  /** Runs {@code work} on netback's thread, in the order of these calls. Any thread. */
  void run(Runnable work) {
    queue.add(work);
    waiter.wakeUp();
  }

  /** Runs {@code then} on netback's thread once {@code future} has ended; null if it ended well. */
  void when(CompletableFuture<Void> future, Consumer<@Nullable Throwable> then) {
    var _ = future.whenComplete((_, failure) -> run(() -> then.accept(failure)));
  }

  /** Runs what has come. Netback's thread. */
  int drain() {
    int count = 0;
    for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
      work.run();
      count++;
    }
    return count;
  }

  /** Returns MX's code for a failure of the NIC's. */
  static ReturnCode code(Throwable failure) {
    return switch (failure) {
      case NicException nic -> nic.code();
      case CompletionException wrapped when wrapped.getCause() instanceof NicException nic ->
          nic.code();
      default -> ReturnCode.FAILURE;
    };
  }
}
