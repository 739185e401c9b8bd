package io.myrixen.driver.xentest.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes an initial file system for Linux: a cpio archive in the format {@code newc}, as the
 * kernel's initramfs buffer format has it. All belongs to root. Directories come by themselves.
 */
final class Cpio implements AutoCloseable {

  private static final int BLOCK = 4;
  private static final int DIRECTORY = 0x4000;
  private static final int REGULAR = 0x8000;
  private static final int LINK = 0xA000;
  private static final int OPEN_TO_ALL = 0x1ED; // rwxr-xr-x
  private static final String END = "TRAILER!!!";

  private final OutputStream out;
  private final Set<String> directories = new HashSet<>();
  private long written;
  private int lastNode;

  /** Begins an archive in {@code file}. */
  Cpio(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
  }

  /** Adds a copy of file {@code source}, with its time, for all to read and execute. */
  void file(String path, Path source) throws IOException {
    FileTime time = Files.getLastModifiedTime(source);
    long size = Files.size(source);
    entry(path, REGULAR | OPEN_TO_ALL, size, time.toMillis() / 1000);
    Files.copy(source, out);
    written += size;
    pad();
  }

  /** Adds a file that holds {@code text}. */
  void text(String path, String text) throws IOException {
    bytes(path, REGULAR | OPEN_TO_ALL, text);
  }

  /** Adds a symbolic link. */
  void link(String path, String target) throws IOException {
    bytes(path, LINK | OPEN_TO_ALL, target);
  }

  /** Adds what is in directory {@code source}, and all below, as {@code path}. */
  void tree(String path, Path source) throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(source)) {
      entries = walk.filter(entry -> !Files.isDirectory(entry)).sorted().toList();
    }
    for (Path entry : entries) {
      file(path + "/" + source.relativize(entry), entry);
    }
  }

  private void bytes(String path, int mode, String text) throws IOException {
    byte[] content = text.getBytes(UTF_8);
    entry(path, mode, content.length, 0);
    out.write(content);
    written += content.length;
    pad();
  }

  private void entry(String path, int mode, long size, long timeSeconds) throws IOException {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      directory(path.substring(0, slash));
    }
    header(path, mode, size, timeSeconds);
  }

  /** Adds a directory, with those above it. */
  void directory(String path) throws IOException {
    if (directories.add(path)) {
      entry(path, DIRECTORY | OPEN_TO_ALL, 0, 0);
    }
  }

  private void header(String path, int mode, long size, long timeSeconds) throws IOException {
    byte[] name = (path + "\0").getBytes(UTF_8);
    lastNode++;
    // Inode, mode, owner, group, links, time, size, device, device of a node, name's length, check.
    String header =
        "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
            .formatted(lastNode, mode, 0, 0, 1, timeSeconds, size, 0, 0, 0, 0, name.length, 0);
    out.write(header.getBytes(UTF_8));
    out.write(name);
    written += header.length() + name.length;
    pad();
  }

  private void pad() throws IOException {
    while (written % BLOCK != 0) {
      out.write(0);
      written++;
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      header(END, 0, 0, 0);
    }
  }
}
