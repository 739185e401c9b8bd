package io.myrixen.driver.xentest.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

  @TempDir private Path directory;

  @Test
  void shouldMakeAThingOnce() throws IOException, InterruptedException {
    try (Cache cache = Cache.open(directory)) {
      Path made = cache.directory("a", target -> Files.writeString(target.resolve("x"), "1"));
      Path again =
          cache.directory(
              "a",
              _ -> {
                throw new IllegalStateException("made twice");
              });

      assertEquals(made, again);
      assertEquals("1", Files.readString(again.resolve("x")));
    }
  }

  @Test
  void shouldBeginAnewWhenMakingFailed() throws IOException, InterruptedException {
    try (Cache cache = Cache.open(directory)) {
      assertThrows(
          IOException.class,
          () ->
              cache.directory(
                  "a",
                  target -> {
                    Files.writeString(target.resolve("half"), "1");
                    throw new IOException("no space");
                  }));

      Path made = cache.directory("a", target -> Files.writeString(target.resolve("x"), "1"));

      assertFalse(Files.exists(made.resolve("half")));
    }
  }

  @Test
  void shouldEmptyWhatAKilledProcessLeft() throws IOException {
    Files.createDirectories(directory.resolve("boot/below"));
    try (Cache cache = Cache.open(directory)) {
      Path scratch = cache.scratch("boot");

      assertTrue(Files.isDirectory(scratch));
      assertFalse(Files.exists(scratch.resolve("below")));
    }
  }

  @Test
  void shouldDropWhatNobodyAskedForInAMonth() throws IOException {
    Path old = Files.createDirectories(directory.resolve("old/below")).getParent();
    Path young = Files.createDirectory(directory.resolve("young"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));

    Cache.open(directory).close();

    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young));
  }
}
