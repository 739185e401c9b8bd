package io.myrixen.xen.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Front and back on a thread each, which sleep whenever the final check lets them. */
class RingThreadsTest {

  private static final int ENTRY_BYTES = 1000;
  private static final int REQUESTS = 300_000;
  private static final int MAX_PAUSES = 20;
  private static final long LOST_WAKE_UP_SECONDS = 10;

  private final MemorySegment page = Arena.ofShared().allocate(4096, 4096);
  private final Semaphore toFront = new Semaphore(0);
  private final Semaphore toBack = new Semaphore(0);

  private static void sleep(Semaphore event) {
    try {
      assertTrue(event.tryAcquire(LOST_WAKE_UP_SECONDS, TimeUnit.SECONDS), "nobody woke us");
      event.drainPermits();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldLoseNoWakeUpWhenBothEndsSleepAndWake() throws Exception {
    FrontRing front = FrontRing.init(page, ENTRY_BYTES);
    BackRing back = BackRing.attach(page, ENTRY_BYTES);
    CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(back));

    SplittableRandom random = new SplittableRandom(1);
    int asked = 0;
    int answered = 0;
    while (answered < REQUESTS) {
      long slot = asked < REQUESTS ? front.claim() : -1;
      if (slot >= 0) {
        // A pause of its own length each time lets pushes fall into every gap of the final check.
        for (int pause = random.nextInt(MAX_PAUSES); pause > 0; pause--) {
          Thread.onSpinWait();
        }
        page.set(JAVA_INT, slot, asked++);
        if (front.push()) {
          toBack.release();
        }
        continue;
      }
      for (long response = front.poll(); response >= 0; response = front.poll()) {
        assertEquals(-answered++, page.get(JAVA_INT, response));
      }
      boolean nothingToAsk = asked == REQUESTS || front.free() == 0;
      if (nothingToAsk && answered < REQUESTS && !front.finalCheck()) {
        sleep(toFront);
      }
    }
    serving.get(LOST_WAKE_UP_SECONDS, TimeUnit.SECONDS);
  }

  private void serve(BackRing back) {
    int served = 0;
    while (served < REQUESTS) {
      long slot = back.poll();
      if (slot >= 0) {
        int value = page.get(JAVA_INT, slot);
        page.set(JAVA_INT, back.claim(), -value);
        served++;
        if (back.push()) {
          toFront.release();
        }
      } else if (!back.finalCheck()) {
        sleep(toBack);
      }
    }
  }
}
