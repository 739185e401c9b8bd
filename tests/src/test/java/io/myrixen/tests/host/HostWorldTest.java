package io.myrixen.tests.host;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a world of its own, and threads that end with it. */
@Timeout(60)
abstract class HostWorldTest {

  @TempDir Path directory;
  final ExecutorService threads = Executors.newCachedThreadPool();
  HostWorld world;

  @BeforeEach
  void boot() {
    world = new HostWorld(directory.resolve("run"));
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    world.close();
  }
}
