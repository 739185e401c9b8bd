package io.myrixen.driver.xentest.tool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of things that were costly to make, each under a name that says of what it was made,
 * versions and all: what is there is whole and stays right. Held by one process at a time.
 */
public final class Cache implements AutoCloseable {

  private static final int DIGEST_CHARACTERS = 16;

  /** What nobody asked for in so many days was made of versions that are gone. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String LOCK = "lock";

  private final Path directory;
  private final FileChannel lockFile;
  private final FileLock lock;

  private Cache(Path directory, FileChannel lockFile, FileLock lock) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Opens the cache in {@code directory}, once nobody else has it, and drops what is old in it. */
  public static Cache open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var cache = new Cache(directory, file, file.lock());
    cache.dropOld(directory);
    return cache;
  }

  private void dropOld(Path parent) throws IOException {
    Instant oldest = Instant.now().minus(KEPT);
    List<Path> entries;
    try (Stream<Path> list = Files.list(parent)) {
      entries = list.filter(entry -> !entry.endsWith(LOCK)).toList();
    }
    for (Path entry : entries) {
      if (Files.getLastModifiedTime(entry).toInstant().isBefore(oldest)) {
        remove(entry);
      }
    }
  }

  /** Notes that {@code entry} is of use, and returns it. */
  private static Path used(Path entry) throws IOException {
    return Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
  }

  /** Where the cache lies. */
  public Path directory() {
    return directory;
  }

  /** Returns what {@code bytes} are called: different bytes, different names. */
  public static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Returns the directory {@code name}, which {@code maker} fills if it is not there yet. */
  public Path directory(String name, Maker maker) throws IOException, InterruptedException {
    Path made = directory.resolve(name);
    if (Files.isDirectory(made)) {
      return used(made);
    }
    Path unfinished = scratch(name + ".new");
    maker.make(unfinished);
    return used(Files.move(unfinished, made, StandardCopyOption.ATOMIC_MOVE));
  }

  /**
   * Returns the empty directory {@code name}, to be removed or moved away after use: what a process
   * that was killed has left there is gone.
   */
  public Path scratch(String name) throws IOException {
    Path scratch = directory.resolve(name);
    remove(scratch);
    return Files.createDirectory(scratch);
  }

  /** Removes {@code path} and all below it. */
  public static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> below;
    try (Stream<Path> walk = Files.walk(path)) {
      below = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : below) {
      Files.delete(each);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
    lockFile.close();
  }

  /** Makes something in an empty directory. */
  @FunctionalInterface
  public interface Maker {

    /** Fills {@code directory}. */
    void make(Path directory) throws IOException, InterruptedException;
  }
}
