package io.myrixen.netfront;

import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.Pending;
import io.myrixen.xen.Domain;
import io.myrixen.xen.Waiter;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.agrona.concurrent.NanoClock;

/**
 * The boards of a VM that lives in one thread with all others, as in a simulation: whoever waits
 * steps the world instead. Confined to that thread.
 */
public final class SteppedBoards implements BoardDriver {

  private final NanoClock clock;
  private final Runnable step;
  private final Waiter waiter;
  private final Netfront netfront;

  /**
   * Begins to connect every device that {@code domain} has; {@link #doWork} goes on with it.
   *
   * @param step lets everybody work once, this one too, and lets time pass
   */
  public SteppedBoards(Domain domain, NanoClock clock, NetfrontContext context, Runnable step) {
    this.clock = clock;
    this.step = step;
    this.waiter = domain.newWaiter();
    this.netfront =
        new Netfront(
            domain, clock, context, waiter, channel -> new SteppedSleep(channel, clock, step));
  }

  /** Does what is due, and never blocks; returns how much there was to do. */
  public int doWork() {
    return netfront.doWork();
  }

  /** Whether there are devices, and all are connected. */
  public boolean allConnected() {
    return netfront.allConnected();
  }

  /** What devices there are and where they stand, in words. */
  public String status() {
    return netfront.status();
  }

  @Override
  public List<Board> boards() {
    return netfront.boards();
  }

  @Override
  public <T> T await(Pending<T> pending) {
    for (int steps = 0; !pending.done(); steps++) {
      if (steps == SteppedSleep.STEP_LIMIT) {
        throw new IllegalStateException("no answer comes: the world stands still");
      }
      step.run();
    }
    try {
      return pending.future().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  /** Does nothing: progress is the caller's alone. */
  @Override
  public void addBackgroundWork(BackgroundWork work) {}

  /** Does nothing. */
  @Override
  public void removeBackgroundWork(BackgroundWork work) {}

  @Override
  public void close() {
    netfront.leave();
    for (int steps = 0; !netfront.left() && steps < SteppedSleep.STEP_LIMIT; steps++) {
      step.run();
    }
    netfront.abort("the boards were given back");
    netfront.close();
    waiter.close();
  }
}
