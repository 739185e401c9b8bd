package io.myrixen.driver.counters;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** The writing end of a counters file. Confined to one thread after it was made. */
public final class CountersFile implements AutoCloseable {

  private final Path path;
  private final Arena arena;
  private final MemorySegment file;
  private long version;

  private CountersFile(Path path, Arena arena, MemorySegment file) {
    this.path = path;
    this.arena = arena;
    this.file = file;
  }

  /** Makes the file anew, readable by its owner alone; one that a dead process left is replaced. */
  public static CountersFile create(Path path) {
    Arena arena = Arena.ofShared();
    try {
      Files.deleteIfExists(path);
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(path, options, owner)) {
        MemorySegment file =
            channel.map(FileChannel.MapMode.READ_WRITE, 0, CountersLayout.FILE_BYTES, arena);
        file.set(JAVA_LONG, CountersLayout.MAGIC_OFFSET, CountersLayout.MAGIC);
        return new CountersFile(path, arena, file);
      }
    } catch (IOException e) {
      arena.close();
      throw new UncheckedIOException("cannot make counters file " + path, e);
    }
  }

  /**
   * Replaces what readers see.
   *
   * @param counters names without spaces; those that no longer fit are left out
   */
  public void publish(Map<String, Long> counters) {
    var text = new StringBuilder();
    for (var counter : counters.entrySet()) {
      String line = counter.getKey() + ' ' + counter.getValue() + '\n';
      if (text.length() + line.length() > CountersLayout.FILE_BYTES - CountersLayout.TEXT_OFFSET) {
        break;
      }
      text.append(line);
    }
    CountersLayout.versionRelease(file, version + 1);
    // The odd version must be seen before any byte of the new text.
    VarHandle.fullFence();
    CountersLayout.text(file, text.toString().getBytes(ISO_8859_1));
    version += 2;
    // Release: pairs with the acquire in CountersReader. The text is whole from here on.
    CountersLayout.versionRelease(file, version);
  }

  /** Removes the file. Readers that have it mapped keep what was published last. Idempotent. */
  @Override
  public void close() {
    if (!arena.scope().isAlive()) {
      return;
    }
    arena.close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove counters file " + path, e);
    }
  }
}
