package io.myrixen.netfront;

import io.myrixen.xen.EventChannel;
import org.agrona.concurrent.NanoClock;

/** Where everything runs in one thread, to sleep is to let the others go on. */
final class SteppedSleep implements PortSleep {

  /** A world that does nothing in so many steps stands still: better an error than no end. */
  static final int STEP_LIMIT = 1_000_000;

  private final EventChannel channel;
  private final NanoClock clock;
  private final Runnable step;
  private boolean woken;
  private boolean closed;

  SteppedSleep(EventChannel channel, NanoClock clock, Runnable step) {
    this.channel = channel;
    this.clock = clock;
    this.step = step;
  }

  @Override
  public void await(long timeoutNs) {
    long beginNs = clock.nanoTime();
    for (int steps = 0; !woken && !closed; steps++) {
      if (channel.drain() || channel.peerGone()) {
        return;
      }
      if (timeoutNs >= 0 && clock.nanoTime() - beginNs >= timeoutNs) {
        return;
      }
      if (steps == STEP_LIMIT) {
        throw new IllegalStateException("nothing wakes this endpoint: the world stands still");
      }
      step.run();
    }
    woken = false;
  }

  @Override
  public void wakeUp() {
    woken = true;
  }

  @Override
  public boolean peerGone() {
    return channel.peerGone();
  }

  @Override
  public void close() {
    closed = true;
  }
}
