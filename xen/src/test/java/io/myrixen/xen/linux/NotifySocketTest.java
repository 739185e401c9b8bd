package io.myrixen.xen.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class NotifySocketTest {

  private final NotifySocket.Pair pair = NotifySocket.pair();
  private final NotifySocket near = new NotifySocket(pair.near());
  private final NotifySocket far = new NotifySocket(pair.far());

  @AfterEach
  void close() {
    near.close();
    far.close();
  }

  @Test
  void shouldTellPendingAndGoneApartInOneDrain() {
    near.raise();
    near.close();

    assertEquals(NotifySocket.NOTIFIED | NotifySocket.GONE, far.drain());
    assertEquals(NotifySocket.GONE, far.drain());
  }

  @Test
  void shouldSayGoneWhenTheOtherEndLeftNotificationsUnread() {
    far.raise();
    near.close();

    assertEquals(NotifySocket.GONE, far.drain());
    far.raise();
  }

  @Test
  void shouldNeverBlockHoweverManyAreRaised() {
    for (int i = 0; i < 10_000; i++) {
      near.raise();
    }
    assertEquals(NotifySocket.NOTIFIED, far.drain());
    assertEquals(NotifySocket.QUIET, far.drain());
  }

  /** A peer that never stops must not keep who serves others too. */
  @Test
  @Timeout(60)
  void shouldReturnFromADrainWhileTheOtherEndNeverStops() throws InterruptedException {
    var flood =
        new Thread(() -> {
          while (near.descriptor().hold()) {
            near.descriptor().letGo();
            near.raise();
          }
        });
    flood.start();
    for (int i = 0; i < 200; i++) {
      long beginNs = System.nanoTime();
      far.drain();
      assertTrue(System.nanoTime() - beginNs < 1_000_000_000L, "kept by a flood");
    }
    near.close();
    flood.join();
  }

  @Test
  void shouldEmptyWhatOneCallCannot() {
    for (int i = 0; i < 10_000; i++) {
      near.raise();
    }
    near.close();
    int seen = far.drain();
    assertEquals(NotifySocket.NOTIFIED | NotifySocket.GONE, seen | far.drain());
  }

  @Test
  void shouldSayGoneWhenItIsClosedItself() {
    near.raise();
    far.close();

    assertEquals(NotifySocket.GONE, far.drain());
  }

  @Test
  void shouldLetTheOtherSideKnowAlthoughSomebodyHereSleepsOnIt() {
    var sleeper = new PollSet();
    sleeper.add(near.descriptor());
    near.close();

    assertEquals(NotifySocket.GONE, far.drain());
    sleeper.clear();
  }

  @Test
  void shouldPollWhatIsLeftAfterRemovals() {
    var pollSet = new PollSet();
    var wakeUp = new WakeUp();
    pollSet.add(wakeUp.descriptor());
    NotifySocket[] ends = new NotifySocket[20];
    for (int i = 0; i < ends.length; i += 2) {
      NotifySocket.Pair more = NotifySocket.pair();
      ends[i] = new NotifySocket(more.near());
      ends[i + 1] = new NotifySocket(more.far());
      pollSet.add(ends[i].descriptor());
    }
    for (int i = 0; i < 18; i += 2) {
      pollSet.remove(ends[i].descriptor());
      ends[i + 1].raise();
    }
    assertFalse(pollSet.poll(0));
    ends[19].raise();
    assertTrue(pollSet.poll(0));
    assertFalse(pollSet.firstIsReady());
    wakeUp.signal();
    assertTrue(pollSet.poll(0));
    assertTrue(pollSet.firstIsReady());
    pollSet.clear();
    wakeUp.close();
    for (NotifySocket end : ends) {
      end.close();
    }
  }
}
