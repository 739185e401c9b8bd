package io.myrixen.netback;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The event channels of all open endpoints, on the waiter of the NIC's thread: so a VM's bell wakes
 * the NIC itself and not netback first. netback adds and removes; everything else is the NIC's
 * thread.
 */
public final class NicBells {

  private final Waiter waiter;
  private final ConcurrentLinkedQueue<Runnable> changes = new ConcurrentLinkedQueue<>();
  private final List<EventChannel> channels = new ArrayList<>();

  /** Puts the channels on {@code waiter}, on which the NIC's thread sleeps. */
  public NicBells(Waiter waiter) {
    this.waiter = waiter;
  }

  /** Takes channels on and gives closed ones back. NIC's thread, in every duty cycle. */
  public int doWork() {
    int count = 0;
    for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
      change.run();
      count++;
    }
    return count;
  }

  /**
   * Takes the notifications that are pending, so that the waiter can sleep again. NIC's thread,
   * each time it has slept, before it looks at the windows.
   */
  public void drain() {
    for (int i = channels.size() - 1; i >= 0; i--) {
      EventChannel channel = channels.get(i);
      channel.drain();
      if (channel.peerGone()) {
        // It would wake this thread for ever. netback learns of the VM's end by other ways.
        waiter.remove(channel);
        channels.remove(i);
      }
    }
  }

  /** Adds a channel. Any thread. */
  void add(EventChannel channel) {
    change(() -> {
      channels.add(channel);
      waiter.add(channel);
    });
  }

  /** Removes a channel; ends when the NIC's thread does not use it any more. Any thread. */
  CompletableFuture<Void> remove(EventChannel channel) {
    var removed = new CompletableFuture<Void>();
    change(() -> {
      waiter.remove(channel);
      channels.remove(channel);
      removed.complete(null);
    });
    return removed;
  }

  private void change(Runnable change) {
    changes.add(change);
    waiter.wakeUp();
  }
}
