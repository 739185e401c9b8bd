package io.myrixen.netfront;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.Pending;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStoreException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Boards behind a control thread: a daemon, asleep unless there is something to do, that steps the
 * {@link Front} and runs background work.
 */
abstract class ThreadedBoards implements BoardDriver {

  /** How long a driver domain may take to let go at the end: as long as Linux waits at shutdown. */
  private static final long LEAVE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

  private static final System.Logger LOG = System.getLogger(ThreadedBoards.class.getName());

  /** Makes the front, given what the control thread sleeps by. */
  @FunctionalInterface
  interface Fronts {
    Front make(NanoClock clock, Waiter waiter, Function<EventChannel, PortSleep> sleeps);
  }

  private final String name;
  private final NanoClock clock = SystemNanoClock.INSTANCE;
  private final Waiter waiter;
  private final Front front;
  private final BooleanSupplier killed;
  private final Runnable afterwards;
  private final Background background;
  private final Thread thread;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * Makes the front; the thread is not started yet.
   *
   * @param name who this process is, for the log and the thread
   * @param waiters makes places to sleep
   * @param killed whether the memory of endpoints may be gone under their users: what fails then
   *     fails because of that
   * @param afterwards runs when the thread ends
   */
  ThreadedBoards(
      String name,
      Supplier<Waiter> waiters,
      BooleanSupplier killed,
      Fronts fronts,
      Runnable afterwards) {
    this.killed = killed;
    this.name = name;
    this.afterwards = afterwards;
    this.waiter = waiters.get();
    this.background = new Background(waiter::wakeUp, killed);
    try {
      this.front =
          fronts.make(
              clock,
              waiter,
              channel -> new ChannelSleep(channel, waiters.get(), waiter, waiter::wakeUp));
    } catch (XenException | XenStoreException e) {
      waiter.close();
      throw e;
    }
    this.thread = Thread.ofPlatform().daemon().name("netfront-" + name).unstarted(this::run);
  }

  /**
   * Starts the thread and waits until every device is connected.
   *
   * @throws MxException with {@code NO_DEV} if there is no device, {@code NO_DRIVER} if not every
   *     one is connected in time; all is closed then
   */
  final void start(long timeoutNs) {
    thread.start();
    String failure = awaitConnected(timeoutNs);
    if (failure != null) {
      boolean anyDevice = front.anyDevice();
      close();
      throw new MxException(anyDevice ? ReturnCode.NO_DRIVER : ReturnCode.NO_DEV, failure);
    }
  }

  @Override
  public final List<Board> boards() {
    return front.boards();
  }

  @Override
  public final <T> T await(Pending<T> pending) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("the control thread cannot wait for itself");
    }
    try {
      return pending.future().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public final NanoClock clock() {
    return clock;
  }

  @Override
  public final void addBackgroundWork(BackgroundWork work) {
    background.add(work);
  }

  @Override
  public final void removeBackgroundWork(BackgroundWork work) {
    background.remove(work);
  }

  @Override
  public final void close() {
    closing = true;
    waiter.wakeUp();
    boolean interrupted = false;
    while (!Thread.currentThread().equals(thread) && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true; // The thread ends within its time-out.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      serve();
      long endNs = clock.nanoTime() + LEAVE_TIMEOUT_NS;
      front.leave();
      while (!front.left() && endNs - clock.nanoTime() > 0) {
        cycle(endNs - clock.nanoTime());
      }
    } catch (RuntimeException e) {
      // A domain that is killed loses the memory that this thread may be looking at.
      Level level = killed.getAsBoolean() ? DEBUG : ERROR;
      LOG.log(level, "the control thread of " + name + " ended", e);
    } finally {
      end();
    }
  }

  private void serve() {
    while (!closing) {
      cycle(Long.MAX_VALUE);
      if (front.allConnected()) {
        connected.complete(null);
      } else if (front.refused()) {
        connected.completeExceptionally(new IllegalStateException("refused"));
      }
    }
  }

  private void cycle(long mostNs) {
    int work = doWork();
    long dueNs = background.doWork(clock.nanoTime());
    if (work == 0) {
      long sleepNs = Math.min(Math.min(dueNs, front.nextDeadlineNs()), mostNs);
      waiter.await(sleepNs == Long.MAX_VALUE ? -1 : sleepNs);
    }
  }

  private int doWork() {
    try {
      return front.doWork();
    } catch (XenStoreException | XenException e) {
      // Without store or hypervisor there is nobody to talk to: what is left is to close ports.
      LOG.log(WARNING, "{0}: {1}", name, e.getMessage());
      front.fail("no store, or no hypervisor: " + e.getMessage());
      return 1;
    }
  }

  private void end() {
    try {
      front.abort("the boards were given back");
      front.close();
      waiter.close();
    } catch (RuntimeException e) {
      LOG.log(ERROR, "leaving as " + name, e);
    } finally {
      connected.completeExceptionally(new IllegalStateException("the control thread ended"));
      afterwards.run();
    }
  }

  /** Returns null, or why not every device is connected. */
  private @Nullable String awaitConnected(long timeoutNs) {
    try {
      connected.get(timeoutNs, TimeUnit.NANOSECONDS);
      return null;
    } catch (TimeoutException | ExecutionException _) {
      return front.status();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "interrupted while " + front.status();
    }
  }
}
