package io.myrixen.netfront;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;

/**
 * Sleeps on a waiter of the endpoint's own. While no application thread does, the control thread
 * may listen to the channel instead, for background work; it lets go as soon as one does, so that
 * nobody takes a notification that another sleeps for.
 *
 * <pre>
 *   LISTENING  the control thread has the channel on its waiter
 *      | it woke, and found an application thread asleep
 *      v
 *   CEDED      it looks again every tick: an application that sleeps and wakes all the time
 *      | asleep  costs it one tick, not one wake-up each
 *      v  all tick long
 *   DORMANT    the application wakes the control thread when it goes on
 * </pre>
 */
final class ChannelSleep implements PortSleep {

  /** Whose turn it is to listen. */
  enum Listener {
    /** Nobody has asked for background work. */
    NONE,
    LISTENING,
    CEDED,
    DORMANT
  }

  private final EventChannel channel;
  private final Waiter waiter;
  private final Waiter control;
  private final Runnable wakeControl;
  private Listener listener = Listener.NONE;
  private boolean sleeping;
  private long sleeps;
  private long sleepsAtTick;

  /** The control thread took a notification: the next sleep would miss it. */
  private boolean taken;

  private boolean closed;
  private volatile boolean peerGone;

  /**
   * Begins with nobody asleep.
   *
   * @param waiter the endpoint's own, which this closes
   * @param control the control thread's
   * @param wakeControl makes the control thread call {@link #listen}
   */
  ChannelSleep(EventChannel channel, Waiter waiter, Waiter control, Runnable wakeControl) {
    this.channel = channel;
    this.waiter = waiter;
    this.control = control;
    this.wakeControl = wakeControl;
    waiter.add(channel);
  }

  @Override
  public void await(long timeoutNs) {
    synchronized (this) {
      if (taken || closed || peerGone) {
        taken = false;
        return;
      }
      sleeping = true;
      sleeps++;
    }
    try {
      waiter.await(timeoutNs);
    } finally {
      afterSleep();
    }
  }

  private synchronized void afterSleep() {
    sleeping = false;
    if (closed) {
      waiter.close();
      return;
    }
    drain();
    if (listener == Listener.DORMANT) {
      listener = Listener.CEDED;
      wakeControl.run();
    }
  }

  @Override
  public synchronized void wakeUp() {
    if (!closed) {
      waiter.wakeUp();
    }
  }

  @Override
  public boolean peerGone() {
    return peerGone;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    stopListening();
    closed = true;
    if (sleeping) {
      waiter.wakeUp(); // The sleeper closes it on its way out: until then it is its own.
    } else {
      waiter.close();
    }
  }

  /**
   * Takes what is pending for background work, unless an application thread sleeps on it.
   *
   * @return whether the channel has been notified, or has lost its other end
   */
  synchronized boolean takeForBackground() {
    if (closed || listener != Listener.LISTENING) {
      return false;
    }
    if (sleeping) {
      control.remove(channel);
      listener = Listener.CEDED;
      sleepsAtTick = sleeps;
      return false;
    }
    boolean notified = drain();
    taken |= notified;
    if (peerGone) {
      control.remove(channel);
      listener = Listener.NONE;
      return true;
    }
    return notified;
  }

  /** Whether {@link #listen} is to be called again after a tick. */
  synchronized boolean ceded() {
    return listener == Listener.CEDED;
  }

  /**
   * Whether the application sleeps for long, so that there is no background work until it wakes.
   */
  synchronized boolean dormant() {
    return listener == Listener.DORMANT;
  }

  /** Begins to listen for background work, or begins again once the application is away. */
  synchronized void listen() {
    if (closed || peerGone || listener == Listener.LISTENING || listener == Listener.DORMANT) {
      return;
    }
    if (listener == Listener.CEDED && sleeps != sleepsAtTick) {
      sleepsAtTick = sleeps;
    } else if (listener == Listener.CEDED && sleeping) {
      listener = Listener.DORMANT;
    } else {
      listener = Listener.LISTENING;
      control.add(channel);
    }
  }

  /** Ends listening. Control thread. */
  synchronized void stopListening() {
    if (listener == Listener.LISTENING) {
      control.remove(channel);
    }
    listener = Listener.NONE;
  }

  private boolean drain() {
    boolean notified = channel.drain();
    if (channel.peerGone()) {
      peerGone = true;
    }
    return notified;
  }
}
