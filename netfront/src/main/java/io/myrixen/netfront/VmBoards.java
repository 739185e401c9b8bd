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
import io.myrixen.xen.Domain;
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
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The boards of a process that is a VM. One daemon thread, asleep unless there is something to do,
 * talks to the driver domain and runs background work.
 */
public final class VmBoards implements BoardDriver {

  /** How long a driver domain may take to let go at the end: as long as Linux waits at shutdown. */
  private static final long LEAVE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

  private static final System.Logger LOG = System.getLogger(VmBoards.class.getName());

  private final Domain domain;
  private final boolean ownsDomain;
  private final NanoClock clock = SystemNanoClock.INSTANCE;
  private final Waiter waiter;
  private final Netfront netfront;
  private final Background background;
  private final Thread thread;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private volatile boolean closing;

  private VmBoards(Domain domain, NetfrontContext context, boolean ownsDomain) {
    this.domain = domain;
    this.ownsDomain = ownsDomain;
    this.waiter = domain.newWaiter();
    this.background = new Background(waiter::wakeUp);
    try {
      this.netfront =
          new Netfront(
              domain,
              clock,
              context,
              waiter,
              channel -> new ChannelSleep(channel, domain.newWaiter(), waiter, waiter::wakeUp));
    } catch (XenException | XenStoreException e) {
      waiter.close();
      throw e;
    }
    this.thread =
        Thread.ofPlatform().daemon().name("netfront-" + domain.domid()).unstarted(this::run);
  }

  /**
   * Connects every device that {@code domain} has, with the settings of the system properties. The
   * domain stays the caller's.
   *
   * @throws MxException with {@code NO_DEV} if there is no device, {@code NO_DRIVER} if not every
   *     one is connected in time; the message says where they stand
   */
  public static VmBoards attach(Domain domain) {
    return attach(domain, NetfrontContext.fromSystemProperties());
  }

  /** As {@link #attach(Domain)}, with settings. */
  public static VmBoards attach(Domain domain, NetfrontContext context) {
    return attach(domain, context, false);
  }

  static VmBoards attach(Domain domain, NetfrontContext context, boolean ownsDomain) {
    VmBoards boards;
    try {
      boards = new VmBoards(domain, context, ownsDomain);
    } catch (XenException | XenStoreException e) {
      if (ownsDomain) {
        domain.close();
      }
      throw new MxException(ReturnCode.NO_DRIVER, String.valueOf(e.getMessage()), e);
    }
    boards.thread.start();
    String failure = boards.awaitConnected(context.attachTimeoutNs());
    if (failure == null) {
      return boards;
    }
    boolean anyDevice = boards.netfront.anyDevice();
    boards.close();
    throw new MxException(anyDevice ? ReturnCode.NO_DRIVER : ReturnCode.NO_DEV, failure);
  }

  @Override
  public List<Board> boards() {
    return netfront.boards();
  }

  @Override
  public <T> T await(Pending<T> pending) {
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
  public NanoClock clock() {
    return clock;
  }

  @Override
  public void addBackgroundWork(BackgroundWork work) {
    background.add(work);
  }

  @Override
  public void removeBackgroundWork(BackgroundWork work) {
    background.remove(work);
  }

  @Override
  public void close() {
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
      netfront.leave();
      while (!netfront.left() && endNs - clock.nanoTime() > 0) {
        cycle(endNs - clock.nanoTime());
      }
    } catch (RuntimeException e) {
      // A domain that is killed loses the memory that this thread may be looking at.
      Level level = domain.hypervisorGone() ? DEBUG : ERROR;
      LOG.log(level, "the control thread of domain " + domain.domid() + " ended", e);
    } finally {
      end();
    }
  }

  private void serve() {
    while (!closing) {
      cycle(Long.MAX_VALUE);
      if (netfront.allConnected()) {
        connected.complete(null);
      }
    }
  }

  private void cycle(long mostNs) {
    int work = doWork();
    long dueNs = background.doWork(clock.nanoTime());
    if (work == 0) {
      long sleepNs = Math.min(Math.min(dueNs, netfront.nextDeadlineNs()), mostNs);
      waiter.await(sleepNs == Long.MAX_VALUE ? -1 : sleepNs);
    }
  }

  private int doWork() {
    try {
      return netfront.doWork();
    } catch (XenStoreException | XenException e) {
      // Without store or hypervisor there is nobody to talk to: what is left is to close ports.
      LOG.log(WARNING, "domain {0}: {1}", domain.domid(), e.getMessage());
      netfront.fail("no store, or no hypervisor: " + e.getMessage());
      return 1;
    }
  }

  private void end() {
    try {
      netfront.abort("the boards were given back");
      netfront.close();
      waiter.close();
    } catch (RuntimeException e) {
      LOG.log(ERROR, "leaving domain " + domain.domid(), e);
    } finally {
      connected.completeExceptionally(new IllegalStateException("the control thread ended"));
      if (ownsDomain) {
        domain.close();
      }
    }
  }

  /** Returns null, or why not every device is connected. */
  private @Nullable String awaitConnected(long timeoutNs) {
    try {
      connected.get(timeoutNs, TimeUnit.NANOSECONDS);
      return null;
    } catch (TimeoutException | ExecutionException _) {
      return netfront.status();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "interrupted while " + netfront.status();
    }
  }
}
