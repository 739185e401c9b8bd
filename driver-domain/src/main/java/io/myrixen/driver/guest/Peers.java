package io.myrixen.driver.guest;

import io.myrixen.mx.EndpointAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The other guests by their index, and which of them are known to be dead. Addresses belong to the
 * guest's main thread; deaths may be told by any thread.
 */
final class Peers {

  /** Three seconds: the end of a process is noticed and told within milliseconds. */
  private static final long NEWS_NS = 3_000_000_000L;

  private final Map<Integer, EndpointAddress> addresses = new TreeMap<>();
  private final Set<Integer> dead = new HashSet<>();
  private final @Nullable Watch watch;

  /** Makes one that is told of deaths. */
  Peers() {
    this(null);
  }

  /** Makes one that finds out about deaths by {@code watch}; null if it is told. */
  Peers(@Nullable Watch watch) {
    this.watch = watch;
  }

  void add(int index, EndpointAddress address) {
    addresses.put(index, address);
  }

  EndpointAddress address(int index) {
    EndpointAddress address = addresses.get(index);
    if (address == null) {
      throw new IllegalArgumentException("not connected to guest " + index);
    }
    return address;
  }

  synchronized void died(int index) {
    dead.add(index);
    notifyAll();
  }

  /** Nothing has come from a guest for {@code silentNs}, while the guest's main thread waits. */
  void silent(int index, long silentNs) {
    EndpointAddress address = addresses.get(index);
    if (watch != null && address != null && watch.gone(address, silentNs)) {
      died(index);
    }
  }

  synchronized boolean dead(int index) {
    return dead.contains(index);
  }

  /**
   * Whether the peer is dead, asked because a request towards it ended badly: that news may come
   * before the news of the death.
   */
  synchronized boolean dies(int index) {
    long deadlineNs = System.nanoTime() + NEWS_NS;
    while (!dead.contains(index)) {
      long leftNs = deadlineNs - System.nanoTime();
      if (leftNs <= 0) {
        return false;
      }
      try {
        wait(leftNs / 1_000_000 + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
