package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets in. Real threads, handed over by latches. */
@Timeout(30)
class GateTest {

  private final ExecutorService other = Executors.newFixedThreadPool(2);

  /** Plain: only the gate orders its changes. */
  private int counter;

  @AfterEach
  void stop() {
    other.shutdownNow();
  }

  @Test
  void shouldNameBothThreadsWhenASecondComesIn() throws Exception {
    Gate gate = new Gate(false);
    gate.enter();
    Future<?> second = other.submit(gate::enter);
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> second.get(10, TimeUnit.SECONDS));
    String message = String.valueOf(failed.getCause());

    assertTrue(message.contains(Thread.currentThread().getName()), message);
    assertTrue(message.contains("pool-"), message);
    gate.exit();
    other
        .submit(() -> {
          gate.enter();
          gate.exit();
        })
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldKeepTheAgentOutWhileTheApplicationIsIn() {
    Gate gate = new Gate(false);
    gate.enter();
    assertFalse(gate.tryEnterAgent());
    gate.exit();
    assertTrue(gate.tryEnterAgent());
    assertFalse(gate.tryEnterAgent());
    gate.exitAgent();
  }

  @Test
  void shouldLetTheApplicationWaitForTheAgent() throws Exception {
    Gate gate = new Gate(false);
    assertTrue(gate.tryEnterAgent());
    var coming = new CountDownLatch(1);
    Future<?> application =
        other.submit(() -> {
          coming.countDown();
          gate.enter();
          counter++;
          gate.exit();
        });
    assertTrue(coming.await(10, TimeUnit.SECONDS));
    counter = 41;
    gate.exitAgent();
    application.get(10, TimeUnit.SECONDS);

    gate.enter();
    assertEquals(42, counter);
    gate.exit();
  }

  @Test
  void shouldExcludeThreadsAndAgentFromEachOtherWhenShared() throws Exception {
    Gate gate = new Gate(true);
    int rounds = 20_000;
    var start = new CyclicBarrier(3);
    Runnable application =
        () -> {
          meet(start);
          for (int i = 0; i < rounds; i++) {
            gate.enter();
            counter++;
            gate.exit();
          }
        };
    Future<?> one = other.submit(application);
    Future<?> two = other.submit(application);
    meet(start);
    int agent = 0;
    while (!one.isDone() || !two.isDone()) {
      if (gate.tryEnterAgent()) {
        counter++;
        agent++;
        gate.exitAgent();
      }
    }
    one.get();
    two.get();
    gate.enter();
    assertEquals(2 * rounds + agent, counter);
    gate.exit();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
