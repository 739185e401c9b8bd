package io.myrixen.xen.linux;

import io.myrixen.xen.Pollable;
import io.myrixen.xen.Waiter;
import java.util.ArrayList;

/**
 * Sleeps in ppoll on the descriptors of its sources and on an eventfd. An interrupt of the thread
 * ends the sleep too, but no system call notices one: it is looked for every quarter of a second.
 */
public final class PollWaiter implements Waiter {

  /** Four looks a second cost nothing, and who interrupts a thread hardly needs it sooner. */
  private static final long INTERRUPT_LOOK_NS = 250_000_000L;

  private final ArrayList<PollSource> sources = new ArrayList<>();
  private final PollSet pollSet = new PollSet();
  private final WakeUp wakeUp = new WakeUp();

  /**
   * Makes one with nothing to wait for.
   *
   * @throws io.myrixen.xen.XenException with {@code NO_SPACE} if descriptors have run out
   */
  public PollWaiter() {
    pollSet.add(wakeUp.descriptor());
  }

  @Override
  public void add(Pollable source) {
    if (!(source instanceof PollSource polled)) {
      throw new IllegalArgumentException("nothing that has a descriptor: " + source);
    }
    if (!sources.contains(polled)) {
      sources.add(polled);
      pollSet.add(polled.descriptor());
    }
  }

  @Override
  public void remove(Pollable source) {
    if (source instanceof PollSource polled && sources.remove(polled)) {
      pollSet.remove(polled.descriptor());
    }
  }

  @Override
  public boolean await(long timeoutNs) {
    if (anyUnseen()) {
      return true;
    }
    long beginNs = timeoutNs > 0 ? System.nanoTime() : 0;
    long leftNs = timeoutNs;
    while (true) {
      long sliceNs =
          timeoutNs < 0 ? INTERRUPT_LOOK_NS : Math.min(Math.max(leftNs, 0), INTERRUPT_LOOK_NS);
      if (pollSet.poll(sliceNs)) {
        if (pollSet.firstIsReady()) {
          wakeUp.take();
        }
        return true;
      }
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      if (timeoutNs >= 0) {
        leftNs = timeoutNs == 0 ? 0 : timeoutNs - (System.nanoTime() - beginNs);
        if (leftNs <= 0) {
          return false;
        }
      }
    }
  }

  private boolean anyUnseen() {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).pendingUnseen()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void wakeUp() {
    wakeUp.signal();
  }

  @Override
  public void close() {
    pollSet.clear();
    sources.clear();
    wakeUp.close();
  }
}
