package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.WindowGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** A NIC stepped by hand, and its faults. */
final class NicFixture {

  static final NicContext CONTEXT =
      new NicContext(8, 8, 16, 64, 16 * 1024, 4096, 4, 512 * 1024, 500_000, 40);

  final Nic nic;
  final List<String> faults = new ArrayList<>();
  int wakeUps;

  NicFixture() {
    this(CONTEXT);
  }

  NicFixture(NicContext context) {
    this(context, SystemNanoClock.INSTANCE, 1);
  }

  NicFixture(NicContext context, NanoClock clock, long seed) {
    nic = new Nic(context, clock, new SplittableRandom(seed), () -> wakeUps++);
    nic.faultListener((nicId, id, what, value) -> faults.add(nicId + "/" + id + " " + what));
  }

  void board(long nicId, int vmId, int weight) {
    done(nic.addBoard(new BoardConfig(nicId, "vm%d:%d".formatted(vmId, nicId), vmId, weight)));
  }

  FakeEndpoint open(long nicId, int endpointId) {
    return open(nicId, endpointId, WindowGeometry.DEFAULT);
  }

  FakeEndpoint open(long nicId, int endpointId, WindowGeometry geometry) {
    var endpoint = new FakeEndpoint(nicId, endpointId, geometry);
    done(nic.openEndpoint(endpoint.config()));
    return endpoint;
  }

  /** Steps the NIC until a command has ended, and returns what with. */
  Throwable failure(CompletableFuture<Void> future) {
    nic.doWork();
    assertTrue(future.isDone());
    return future.isCompletedExceptionally() ? future.exceptionNow() : new AssertionError("done");
  }

  void done(CompletableFuture<Void> future) {
    nic.doWork();
    assertTrue(future.isDone());
    future.join();
  }

  /** Steps the NIC until it finds nothing more to do. */
  void run() {
    int cycles = 0;
    while (nic.doWork() > 0) {
      assertTrue(cycles++ < 1_000_000, "never ends");
    }
  }

  long total(NicCounter counter) {
    return nic.counters().total().of(counter);
  }

  void assertNoFault() {
    assertEquals(List.of(), faults);
  }
}
