package io.myrixen.driver.bench.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import io.myrixen.driver.guest.Load.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The three parties as threads; what an echo brings back is verified by A itself. */
@Timeout(60)
final class BareRelayTest {

  /** Over at once: the first message after it is the last. */
  private static final long BUDGET_NS = 1_000_000;

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldCarryEveryLoadOneAfterTheOther() throws Exception {
    Path file = Files.createFile(directory.resolve("memory"));
    var forwarder = new Forwarder(RelayMemory.map(file));
    var a = new End(RelayMemory.map(file), Role.A);
    var b = new End(RelayMemory.map(file), Role.B);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Kind kind : Kind.values()) {
        for (int bytes : new int[] {8, 32, 33, 1 << 10, 32 << 10, (32 << 10) + 1, 1 << 20}) {
          Load load = new Load(kind, bytes);
          int pauses = bytes % 7;
          Future<?> relay = threads.submit(() -> forwarder.run(load, pauses));
          Future<?> served = threads.submit(() -> b.serve(load, pauses));
          Line measured = a.drive(load, BUDGET_NS, pauses);
          served.get();
          relay.get();
          assertTrue(measured.number("p50Ns") > 0, measured::toString);
          assertTrue(measured.number("samples") > 0, measured::toString);
        }
      }
    }
  }
}
