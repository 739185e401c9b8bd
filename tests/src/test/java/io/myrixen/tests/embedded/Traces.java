package io.myrixen.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What systems of this JVM have of it: threads, descriptors of memory files, mappings of them. */
record Traces(Set<Thread> threads, long descriptors, long mappings) {

  private static final String MEMORY_FILE = "/memfd:";

  static Traces now() throws IOException {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !ofASystem(thread.getName()));
    return new Traces(threads, descriptorsNow(), mappingsNow());
  }

  private static boolean ofASystem(String name) {
    return name.equals("nic") || name.equals("netback") || name.startsWith("netfront-");
  }

  private static long descriptorsNow() throws IOException {
    long count = 0;
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : all.toList()) {
        // The one that lists them is gone by now.
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).toString().startsWith(MEMORY_FILE)) {
          count++;
        }
      }
    }
    return count;
  }

  private static long mappingsNow() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/maps"));
    return lines.stream().filter(line -> line.contains(MEMORY_FILE)).count();
  }

  /** Threads that began since {@code before}. */
  Set<Thread> threadsSince(Traces before) {
    Set<Thread> since = new HashSet<>(threads);
    since.removeAll(before.threads);
    return since;
  }

  /** Checks that nothing of this JVM is held that was not held at that time. */
  void assertNothingLeftNow() throws IOException {
    Traces now = now();
    assertEquals(Set.of(), now.threadsSince(this), "threads");
    assertEquals(descriptors, now.descriptors, "descriptors");
    assertEquals(mappings, now.mappings, "mappings");
  }
}
