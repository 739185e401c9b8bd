package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Pending;
import io.myrixen.xen.Waiter;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Work for the control thread, in the order it was given. */
final class TaskQueue implements Control.Tasks {

  private record Work(Pending<?> pending, Control.Task task) {}

  private final ConcurrentLinkedQueue<Work> tasks = new ConcurrentLinkedQueue<>();
  private final Waiter waiter;
  private long nowNs;
  private volatile boolean closed;

  /** Begins empty; {@code waiter} is what the control thread sleeps on. */
  TaskQueue(Waiter waiter, long nowNs) {
    this.waiter = waiter;
    this.nowNs = nowNs;
  }

  @Override
  public void execute(Pending<?> pending, Control.Task task) {
    tasks.add(new Work(pending, task));
    if (closed) {
      failAll();
    } else {
      waiter.wakeUp();
    }
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  /** A duty cycle begins. Control thread. */
  void nowNs(long nowNs) {
    this.nowNs = nowNs;
  }

  /** Runs what has come. Control thread. */
  int run() {
    int count = 0;
    for (Work work = tasks.poll(); work != null; work = tasks.poll()) {
      count++;
      try {
        work.task().run();
      } catch (RuntimeException e) {
        work.pending().fail(e);
      }
    }
    return count;
  }

  /** Fails what has come, and what will come. */
  int close() {
    closed = true;
    return failAll();
  }

  private int failAll() {
    int count = 0;
    for (Work work = tasks.poll(); work != null; work = tasks.poll()) {
      count++;
      work.pending().fail(new MxException(ReturnCode.NIC_DEAD, "the boards were given back"));
    }
    return count;
  }
}
