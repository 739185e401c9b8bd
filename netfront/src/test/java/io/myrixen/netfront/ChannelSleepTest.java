package io.myrixen.netfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Pollable;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.local.Hypervisor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who takes a notification: the application that sleeps, or the control thread for it. */
@Timeout(30)
class ChannelSleepTest {

  private final Hypervisor hypervisor = new Hypervisor();
  private final Domain vm = hypervisor.createDomain("vm");
  private final Domain driver = hypervisor.createDomain("driver");
  private final EventChannel channel = vm.eventChannels().allocate(driver.domid());
  private final EventChannel bell = driver.eventChannels().bind(vm.domid(), channel.port());
  private final Waiter control = vm.newWaiter();
  private int controlWoken;
  private final ConfinedWaiter waiter = new ConfinedWaiter(vm.newWaiter());
  private final ChannelSleep sleep =
      new ChannelSleep(channel, waiter, control, () -> controlWoken++);

  @AfterEach
  void close() {
    hypervisor.close();
  }

  @Test
  void shouldLeaveTheControlThreadAloneUnlessItListens() {
    channel.drain();

    bell.raise();

    assertFalse(control.await(0));
    assertFalse(sleep.takeForBackground());
    sleep.await(-1);
    assertFalse(channel.drain(), "taken by who slept");
  }

  @Test
  void shouldTellTheNextSleeperWhatBackgroundWorkTook() {
    channel.drain();
    sleep.listen();
    bell.raise();
    assertTrue(control.await(0));

    assertTrue(sleep.takeForBackground());

    sleep.await(-1); // Returns at once: what was raised may have been meant for it.
    assertFalse(control.await(0));
  }

  @Test
  void shouldCedeTheChannelToASleeperAndTakeItBackOnceItIsAway() throws InterruptedException {
    channel.drain();
    sleep.listen();
    Thread sleeper = sleeper();

    assertFalse(sleep.takeForBackground(), "the notification is the sleeper's");
    assertTrue(sleep.ceded());
    bell.raise();
    sleeper.join();

    sleep.listen();
    assertFalse(sleep.ceded(), "it slept no more since: away");
    bell.raise();
    assertTrue(control.await(0));
    assertTrue(sleep.takeForBackground());
  }

  @Test
  void shouldBeWokenByALongSleeperOnly() throws InterruptedException {
    channel.drain();
    sleep.listen();
    Thread sleeper = sleeper();
    sleep.takeForBackground();

    sleep.listen(); // A tick later it still sleeps.
    assertFalse(sleep.ceded(), "no more ticks");
    assertTrue(sleep.dormant());
    assertEquals(0, controlWoken);
    bell.raise();
    sleeper.join();

    assertEquals(1, controlWoken);
    assertTrue(sleep.ceded());
    assertFalse(sleep.dormant());
  }

  @Test
  void shouldWakeWhenTheOtherEndIsGone() {
    channel.drain();
    bell.close();

    sleep.await(-1);

    assertTrue(sleep.peerGone());
    sleep.await(-1); // And never sleep again.
  }

  @Test
  void shouldWakeTheSleeperWhenItIsClosed() throws InterruptedException {
    channel.drain();
    Thread sleeper = sleeper();

    sleep.close();
    channel.close();

    sleeper.join();
    assertEquals(0, waiter.intrusions, "a waiter is its sleeper's own");
    assertTrue(waiter.closed);
    sleep.await(-1);
    sleep.wakeUp();
  }

  /** Counts who touches a waiter on which another thread sleeps. */
  private static final class ConfinedWaiter implements Waiter {
    private final Waiter waiter;
    private volatile boolean asleep;
    private volatile boolean closed;
    private volatile int intrusions;

    ConfinedWaiter(Waiter waiter) {
      this.waiter = waiter;
    }

    @Override
    public void add(Pollable source) {
      intrude();
      waiter.add(source);
    }

    @Override
    public void remove(Pollable source) {
      intrude();
      waiter.remove(source);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time, by the test's doing.
    private void intrude() {
      intrusions += asleep ? 1 : 0;
    }

    @Override
    public boolean await(long timeoutNs) {
      asleep = true;
      try {
        return waiter.await(timeoutNs);
      } finally {
        asleep = false;
      }
    }

    @Override
    public void wakeUp() {
      waiter.wakeUp();
    }

    @Override
    public void close() {
      intrude();
      closed = true;
      waiter.close();
    }
  }

  /** Returns a thread that sleeps, as far as one can tell. */
  private Thread sleeper() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread sleeper =
        Thread.ofPlatform()
            .start(() -> {
              started.countDown();
              sleep.await(-1);
            });
    assertTrue(started.await(10, TimeUnit.SECONDS));
    while (sleeper.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return sleeper;
  }
}
