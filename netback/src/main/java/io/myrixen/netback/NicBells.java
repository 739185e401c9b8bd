package io.myrixen.netback;

import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;
import java.lang.foreign.MemorySegment;
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

  /** Ends the sleep of the NIC's thread. Any thread. */
  void wake() {
    waiter.wakeUp();
  }

  /** Couples a window with the NIC itself, and its channel with the NIC's thread. Any thread. */
  Coupling couple(MemorySegment window, WindowGeometry geometry, EventChannel channel) {
    add(channel);
    return new Direct(window, channel);
  }

  /** An endpoint of whose window the NIC sees every byte. */
  private final class Direct implements Coupling {

    private final MemorySegment window;
    private final EventChannel channel;

    Direct(MemorySegment window, EventChannel channel) {
      this.window = window;
      this.channel = channel;
    }

    @Override
    public MemorySegment window() {
      return window;
    }

    @Override
    public Runnable doorbell() {
      return channel::raise;
    }

    @Override
    public CompletableFuture<Void> end() {
      return remove(channel);
    }
  }

  /** Adds a channel. Any thread. */
  private void add(EventChannel channel) {
    change(() -> {
      channels.add(channel);
      waiter.add(channel);
    });
  }

  /** Removes a channel; ends when the NIC's thread does not use it any more. Any thread. */
  private CompletableFuture<Void> remove(EventChannel channel) {
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
