package io.myrixen.driver.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountersFileTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldShowWhatWasPublishedLast() throws IOException {
    Path path = directory.resolve("a.counters");
    try (CountersFile file = CountersFile.create(path);
        CountersReader reader = CountersReader.open(path)) {
      assertEquals(Map.of(), reader.read());

      file.publish(Map.of("nic.commands", 7L, "nic.faults", 0L));
      file.publish(Map.of("nic.commands", -1L));

      assertEquals(Map.of("nic.commands", -1L), reader.read());
    }
  }

  @Test
  void shouldBeItsOwnersAloneAndGoWithItsWriter() throws IOException {
    Path path = directory.resolve("a.counters");
    CountersFile file = CountersFile.create(path);
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(path));

    file.close();
    file.close();

    assertFalse(Files.exists(path));
  }

  @Test
  void shouldReplaceWhatADeadProcessLeft() throws IOException {
    Path path = Files.writeString(directory.resolve("a.counters"), "old");
    try (CountersFile file = CountersFile.create(path)) {
      file.publish(Map.of("x", 1L));
      assertEquals(CountersLayout.FILE_BYTES, Files.size(path));
    }
  }

  @Test
  void shouldRefuseAnyOtherFile() throws IOException {
    Path path = Files.writeString(directory.resolve("a.counters"), "something else");
    IOException e = assertThrows(IOException.class, () -> CountersReader.open(path).close());
    assertTrue(String.valueOf(e.getMessage()).contains("14 bytes"), e::toString);
  }

  @Test
  void shouldSayThatNobodyPublishesAnyMore() throws IOException {
    Path path = directory.resolve("a.counters");
    try (CountersFile file = CountersFile.create(path);
        CountersReader reader = CountersReader.open(path)) {
      file.publish(Map.of("x", 1L));
      assertThrows(TimeoutException.class, () -> reader.readFresh(Duration.ofMillis(5)));
    }
  }

  @Test
  void shouldNeverShowHalfAPublication() throws Exception {
    Path path = directory.resolve("a.counters");
    var stop = new AtomicBoolean();
    try (CountersFile file = CountersFile.create(path);
        CountersReader reader = CountersReader.open(path)) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (long i = 1; !stop.get(); i++) {
                  file.publish(Map.of("a", i, "b", i, "c", i, "d", i));
                }
              });
      try {
        for (int i = 0; i < 2_000; i++) {
          Map<String, Long> seen = reader.read();
          assertTrue(seen.values().stream().distinct().count() <= 1, seen::toString);
        }
        long first = reader.readFresh(Duration.ofSeconds(10)).getOrDefault("a", 0L);
        long second = reader.readFresh(Duration.ofSeconds(10)).getOrDefault("a", 0L);
        assertTrue(second > first);
      } finally {
        stop.set(true);
        writer.join();
      }
    }
  }
}
