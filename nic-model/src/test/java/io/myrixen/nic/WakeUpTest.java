package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.WindowGeometry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Goal: no wake-up is lost. Method: three real threads that sleep after every single message. */
class WakeUpTest {

  private static final int ROUND_TRIPS = 3_000;

  /** So long that a lost wake-up is seen as one, and not hidden by the next look. */
  private static final long LOST_SECONDS = 20;

  private final Semaphore nicBell = new Semaphore(0);
  private final Nic nic = new Nic(NicFixture.CONTEXT, nicBell::release);
  private volatile boolean running = true;

  private static void sleep(Semaphore bell) throws InterruptedException {
    assertTrue(bell.tryAcquire(LOST_SECONDS, TimeUnit.SECONDS), "a wake-up was lost");
    bell.drainPermits();
  }

  private void runNic() throws InterruptedException {
    while (running) {
      if (nic.doWork() == 0 && nic.prepareToSleep()) {
        sleep(nicBell);
        nic.awake();
      }
    }
    nic.onClose();
  }

  private final class Vm {
    final Semaphore bell = new Semaphore(0);
    final FakeEndpoint endpoint;

    Vm(int number) {
      endpoint = new FakeEndpoint(number, 0, WindowGeometry.DEFAULT);
      var config =
          new EndpointConfig(
              number, 0, endpoint.session, WindowGeometry.DEFAULT, endpoint.window, bell::release);
      nic.addBoard(new BoardConfig(number, "vm:" + number, number, 1)).join();
      nic.openEndpoint(config).join();
    }

    void send(Vm to, int sequence) {
      endpoint.sendTiny(to.endpoint, sequence);
      if (endpoint.control.nicAsleepAfterCommand()) {
        nicBell.release();
      }
    }

    void receive(int sequence) throws InterruptedException {
      while (!endpoint.pollEvent()) {
        endpoint.control.vmAsleep(true);
        if (!endpoint.events.ready()) {
          sleep(bell);
        }
        endpoint.control.vmAsleep(false);
      }
      assertEquals(sequence & 0xFFFF, endpoint.in.sequence);
    }
  }

  private interface Body {
    void run() throws InterruptedException;
  }

  private static CompletableFuture<Void> thread(Body body) {
    var ended = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            body.run();
            ended.complete(null);
          } catch (InterruptedException | RuntimeException | AssertionError e) {
            ended.completeExceptionally(e);
          }
        });
    return ended;
  }

  @Test
  void shouldLoseNoWakeUp() throws Exception {
    CompletableFuture<Void> nicEnded = thread(this::runNic);
    var alice = new Vm(1);
    var bob = new Vm(2);
    CompletableFuture<Void> echo =
        thread(() -> {
          for (int i = 0; i < ROUND_TRIPS; i++) {
            bob.receive(i);
            bob.send(alice, i);
          }
        });
    for (int i = 0; i < ROUND_TRIPS; i++) {
      alice.send(bob, i);
      alice.receive(i);
    }
    echo.get(LOST_SECONDS, TimeUnit.SECONDS);
    running = false;
    nicBell.release();
    nicEnded.get(LOST_SECONDS, TimeUnit.SECONDS);
    assertTrue(nic.counters().total().of(NicCounter.NOTIFICATIONS) > 0);
  }
}
