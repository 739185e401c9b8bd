package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.board.Pending;
import io.myrixen.xen.EventChannel;
import java.util.function.Function;

/**
 * The control thread, for those who hand it work, and what that work needs.
 *
 * @param tasks where work for the control thread goes; from any thread
 * @param sleeps makes the way in which threads sleep on a channel
 */
record Control(Tasks tasks, Function<EventChannel, PortSleep> sleeps) {

  /** Takes work for the control thread. */
  interface Tasks {

    /** Runs {@code task} on the control thread, soon; fails {@code pending} if that has ended. */
    void execute(Pending<?> pending, Task task);

    /** The clock as it was at the beginning of this duty cycle. Control thread. */
    long nowNs();
  }

  /** Work for the control thread; what it throws, its {@link Pending} fails with. */
  interface Task {
    void run() throws MxException;
  }
}
