package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * Moves a file from guest to guest: straight out of its mapping, straight into the mapping of the
 * new one, neither of them registered. Both ends then read what is on disk and hash it.
 */
final class FileMove {

  /** Long enough that the rendezvous is noise, short enough that several overlap. */
  private static final long CHUNK_BYTES = 4L << 20;

  private static final int DEPTH = 4;
  private static final int READ_BYTES = 1 << 20;

  private final Endpoint endpoint;
  private final Waiting waiting;
  private final Request[] requests = new Request[DEPTH];
  private final Status status = new Status();

  FileMove(Endpoint endpoint, Waiting waiting) {
    this.endpoint = endpoint;
    this.waiting = waiting;
    Arrays.setAll(requests, _ -> endpoint.newRequest());
  }

  Line send(Path file, EndpointAddress peer, int self) throws IOException {
    long startNs = System.nanoTime();
    long bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofShared()) {
      bytes = channel.size();
      MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena);
      int chunks = chunks(bytes);
      for (int i = 0; i < chunks + DEPTH; i++) {
        if (i >= DEPTH && i - DEPTH < chunks) {
          waiting.sent(requests[i % DEPTH], status);
        }
        if (i < chunks) {
          endpoint.issend(
              chunk(content, i), peer, Tag.of(Tag.FILE, 0, self, i), requests[i % DEPTH]);
        }
      }
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    return Line.of("filesent")
        .with("bytes", bytes)
        .with("seconds", seconds)
        .with("sha256", sha256(file));
  }

  Line receive(Path file, long bytes, int sender) throws IOException {
    var options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options);
        Arena arena = Arena.ofShared()) {
      MemorySegment content = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      int chunks = chunks(bytes);
      for (int i = 0; i < chunks + DEPTH; i++) {
        if (i >= DEPTH && i - DEPTH < chunks) {
          waiting.received(requests[i % DEPTH], sender, status);
        }
        if (i < chunks) {
          endpoint.irecv(
              chunk(content, i),
              Tag.of(Tag.FILE, 0, sender, i),
              Mx.MATCH_EXACT,
              requests[i % DEPTH]);
        }
      }
    }
    return Line.of("filereceived").with("bytes", Files.size(file)).with("sha256", sha256(file));
  }

  private static int chunks(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, CHUNK_BYTES));
  }

  private static MemorySegment chunk(MemorySegment content, int index) {
    long offset = index * CHUNK_BYTES;
    return content.asSlice(offset, Math.min(CHUNK_BYTES, content.byteSize() - offset));
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[READ_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
