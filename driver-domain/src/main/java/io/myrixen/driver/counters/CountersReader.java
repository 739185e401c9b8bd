package io.myrixen.driver.counters;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A reading end of a counters file. Any thread, one at a time. */
public final class CountersReader implements AutoCloseable {

  /** A publication takes microseconds; a writer killed in the middle of one never ends it. */
  private static final int TRIES = 1_000;

  private static final long PAUSE_NS = 1_000_000;

  private final Path path;
  private final Arena arena;
  private final MemorySegment file;

  private CountersReader(Path path, Arena arena, MemorySegment file) {
    this.path = path;
    this.arena = arena;
    this.file = file;
  }

  /**
   * Opens a counters file.
   *
   * @throws IOException if it is not there, or is something else
   */
  public static CountersReader open(Path path) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() != CountersLayout.FILE_BYTES) {
        throw new IOException(path + " is no counters file: it has " + channel.size() + " bytes");
      }
      MemorySegment file =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, CountersLayout.FILE_BYTES, arena);
      long magic = file.get(JAVA_LONG, CountersLayout.MAGIC_OFFSET);
      if (magic != CountersLayout.MAGIC) {
        throw new IOException("%s is no counters file: it begins with %x".formatted(path, magic));
      }
      return new CountersReader(path, arena, file);
    } catch (IOException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Returns the counters as published last, in the writer's order.
   *
   * @throws IOException if the writer died while it published
   */
  public Map<String, Long> read() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      // Acquire: pairs with the release that ends a publication.
      long before = CountersLayout.versionAcquire(file);
      if ((before & 1) == 0) {
        int length = CountersLayout.length(file);
        if (length >= 0 && length <= CountersLayout.FILE_BYTES - CountersLayout.TEXT_OFFSET) {
          byte[] text = new byte[length];
          MemorySegment.copy(file, JAVA_BYTE, CountersLayout.TEXT_OFFSET, text, 0, length);
          // The text must have been read before the version is looked at again.
          VarHandle.acquireFence();
          if (CountersLayout.versionAcquire(file) == before) {
            return parse(new String(text, ISO_8859_1));
          }
        }
      }
      LockSupport.parkNanos(PAUSE_NS / 20);
    }
    throw new IOException(path + " stays half written: its service is gone");
  }

  /**
   * Returns counters that were taken after this call began.
   *
   * @throws TimeoutException if nothing is published in time: the service is gone or stopped
   */
  public Map<String, Long> readFresh(Duration timeout) throws IOException, TimeoutException {
    long deadlineNs = System.nanoTime() + timeout.toNanos();
    // The publication under way may have looked already; the one after it has not.
    long wanted = CountersLayout.versionAcquire(file) + 4;
    while (CountersLayout.versionAcquire(file) - wanted < 0) {
      if (System.nanoTime() - deadlineNs >= 0) {
        throw new TimeoutException("nothing published to " + path + " for " + timeout);
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
    return read();
  }

  private static Map<String, Long> parse(String text) {
    var counters = new LinkedHashMap<String, Long>();
    text.lines()
        .forEach(line -> {
          int space = line.lastIndexOf(' ');
          counters.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        });
    return counters;
  }

  /** Unmaps the file. Idempotent. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
