package io.myrixen.mx.board;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request to the driver that has not been answered yet. Completed by the driver's thread, once.
 *
 * @param <T> what the answer holds
 */
public final class Pending<T> {

  private final CompletableFuture<T> future = new CompletableFuture<>();

  /** Ends the request with its answer; null only where {@code T} is {@code Void}. */
  public void complete(@Nullable T answer) {
    future.complete(answer);
  }

  /**
   * Ends the request with what went wrong: an {@link io.myrixen.mx.MxException} for whatever MX has
   * a code for.
   */
  public void fail(RuntimeException cause) {
    future.completeExceptionally(cause);
  }

  /** Whether it has ended, either way. */
  public boolean done() {
    return future.isDone();
  }

  /** The future behind it, for a driver's {@link BoardDriver#await}. */
  public CompletableFuture<T> future() {
    return future;
  }
}
