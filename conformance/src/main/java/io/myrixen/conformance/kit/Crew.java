package io.myrixen.conformance.kit;

import io.myrixen.mx.MxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of one scene, beside the one that plays. */
final class Crew implements AutoCloseable {

  /** Endpoints are closed by now, so that nobody waits any more. */
  private static final Duration PARTING = Duration.ofSeconds(10);

  private final List<Thread> threads = new ArrayList<>();

  <T> Future<T> start(Callable<T> task, Thread.Builder builder) {
    var future = new FutureTask<T>(task);
    threads.add(builder.name("conformance-", threads.size()).start(future));
    return future;
  }

  <T> T result(Future<T> thread, Duration limit) {
    try {
      return thread.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new CaseFailure("a thread is still waiting after " + limit);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CaseFailure("interrupted while a thread was waiting");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static CaseFailure failure(ExecutionException ended) {
    if (ended.getCause() instanceof MxException refused) {
      throw refused;
    }
    var failure = new CaseFailure("a thread failed: " + ended.getMessage());
    failure.initCause(ended);
    return failure;
  }

  /** Looks once a tick whether all have ended, and does {@code something} if not. */
  void meanwhile(List<? extends Future<?>> futures, Runnable something, Patience patience) {
    for (int tick = 0; tick < patience.ticks(); tick++) {
      something.run();
      if (haveEnded(futures)) {
        return;
      }
    }
    throw new CaseFailure("threads are still waiting after " + patience.limit());
  }

  private static boolean haveEnded(List<? extends Future<?>> futures) {
    for (Future<?> future : futures) {
      try {
        var _ = future.get(Patience.TICK.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        return false;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CaseFailure("interrupted while threads were waiting");
      } catch (ExecutionException _) {
        // Whoever asks for its result is told.
      }
    }
    return true;
  }

  @Override
  public void close() {
    for (Thread thread : threads) {
      try {
        if (!thread.join(PARTING)) {
          throw new CaseFailure(thread.getName() + " does not end");
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
