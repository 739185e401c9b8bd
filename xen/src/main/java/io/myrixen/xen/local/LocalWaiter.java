package io.myrixen.xen.local;

import io.myrixen.xen.Pollable;
import io.myrixen.xen.Waiter;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sleeps by parking the thread. Where everything runs in one thread nobody calls {@link #await}.
 */
final class LocalWaiter implements Waiter {

  private final ArrayList<LocalSource> sources = new ArrayList<>();
  private volatile @Nullable Thread sleeper;
  private volatile boolean wakeUpRequested;

  @Override
  public void add(Pollable source) {
    if (!(source instanceof LocalSource local)) {
      throw new IllegalArgumentException("not a source of this hypervisor: " + source);
    }
    if (!sources.contains(local)) {
      sources.add(local);
      local.sleepers().add(this);
    }
  }

  @Override
  public void remove(Pollable source) {
    if (source instanceof LocalSource local && sources.remove(local)) {
      local.sleepers().remove(this);
    }
  }

  @Override
  public boolean await(long timeoutNs) {
    long beginNs = timeoutNs > 0 ? System.nanoTime() : 0;
    // Published before the first look: pairs with the load in unpark(), after what made us pending.
    sleeper = Thread.currentThread();
    try {
      while (true) {
        if (wakeUpRequested) {
          wakeUpRequested = false;
          return true;
        }
        if (anyPending() || Thread.currentThread().isInterrupted()) {
          return true;
        }
        if (timeoutNs < 0) {
          LockSupport.park(this);
          continue;
        }
        long leftNs = timeoutNs == 0 ? 0 : timeoutNs - (System.nanoTime() - beginNs);
        if (leftNs <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, leftNs);
      }
    } finally {
      sleeper = null;
    }
  }

  private boolean anyPending() {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).pending()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void wakeUp() {
    wakeUpRequested = true;
    unpark();
  }

  /** Makes the sleeper look again. Any thread. */
  void unpark() {
    Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void close() {
    for (LocalSource source : sources) {
      source.sleepers().remove(this);
    }
    sources.clear();
  }
}
