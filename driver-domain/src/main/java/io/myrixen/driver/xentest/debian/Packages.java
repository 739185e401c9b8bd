package io.myrixen.driver.xentest.debian;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.driver.xentest.tool.Cache;
import io.myrixen.driver.xentest.tool.MissingHereException;
import io.myrixen.driver.xentest.tool.Tool;
import io.myrixen.driver.xentest.tool.Tool.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the test needs of Debian, unpacked in the cache: Xen with its tools and their libraries, a
 * kernel, and programs that this machine lacks. Only what is not there yet in the version that apt
 * offers is fetched.
 */
public final class Packages {

  private static final String KERNEL = "linux-image-amd64";
  private static final String XEN = "xen-system-amd64";
  private static final String STORE_TOOLS = "xenstore-utils";
  private static final String SHELL = "busybox-static";

  /** A JDK may be linked against the system's. */
  private static final String ZLIB = "zlib1g";

  /** How every name begins. */
  private static final List<String> ALL = List.of("");

  private final Cache cache;
  private final Apt apt;
  private final Path files;

  private Packages(Cache cache) throws IOException {
    this.cache = cache;
    this.apt = new Apt(cache.directory());
    this.files = Files.createDirectories(cache.directory().resolve("packages"));
  }

  /**
   * Begins with what is in {@code cache}.
   *
   * @throws MissingHereException if this machine has no apt or dpkg
   */
  public static Packages in(Cache cache) throws IOException {
    for (String program : List.of("apt-get", "apt-cache", "dpkg-deb")) {
      if (Tool.find(program) == null) {
        throw new MissingHereException(
            "no %s: real Xen is tested where Debian's packages can be had".formatted(program));
      }
    }
    return new Packages(cache);
  }

  /**
   * Unpacks a kernel that runs as domain 0 and in other domains.
   *
   * @param wanted how the names of those files begin that are needed: the rest is large
   */
  public Path kernel(List<String> wanted) throws IOException, InterruptedException {
    return fresh(
        () -> unpack("kernel", List.of(only(graph(KERNEL), KERNEL, "linux-image-\\d.*")), wanted));
  }

  /**
   * Unpacks the hypervisor, the toolstack's programs with the libraries that they need, and a
   * shell.
   */
  public Path xen() throws IOException, InterruptedException {
    return fresh(() -> {
      Map<String, List<String>> graph = graph(XEN, STORE_TOOLS, SHELL, ZLIB);
      String hypervisor = only(graph, XEN, "xen-hypervisor-\\d.*");
      String tools = only(graph, XEN, "xen-utils-\\d.*");
      Set<String> wanted = new LinkedHashSet<>(List.of(hypervisor, tools, STORE_TOOLS, SHELL));
      wanted.addAll(libraries(graph, List.of(tools, STORE_TOOLS, ZLIB)));
      return unpack("xen", wanted, ALL);
    });
  }

  /** Unpacks package {@code name} with whatever of its dependencies is not installed here. */
  public Path program(String name) throws IOException, InterruptedException {
    return fresh(() -> unpack(name, apt.missingFor(name), ALL));
  }

  private Map<String, List<String>> graph(String... roots)
      throws IOException, InterruptedException {
    return apt.dependencies(List.of(roots));
  }

  private static String only(Map<String, List<String>> graph, String parent, String pattern) {
    List<String> names = graph.getOrDefault(parent, List.of());
    return names.stream()
        .filter(name -> name.matches(pattern))
        .findFirst()
        .orElseThrow(() ->
            new MissingHereException(
                "apt offers no %s with a package like %s".formatted(parent, pattern)));
  }

  /** The libraries that {@code roots} need, directly or not: no interpreters, nothing to set up. */
  private static Set<String> libraries(Map<String, List<String>> graph, List<String> roots) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String name = open.poll();
      boolean library = name.startsWith("lib") || name.equals(ZLIB);
      if (library ? found.add(name) : roots.contains(name)) {
        open.addAll(graph.getOrDefault(name, List.of()));
      }
    }
    return found;
  }

  /** With the machine's lists of packages first; if they are missing or old, with fresh ones. */
  private <T> T fresh(Work<T> work) throws IOException, InterruptedException {
    try {
      return work.run();
    } catch (MissingHereException _) {
      apt.refresh();
      return work.run();
    }
  }

  private Path unpack(String label, Collection<String> names, List<String> kept)
      throws IOException, InterruptedException {
    List<DebFile> wanted = apt.locate(names);
    List<String> packed = wanted.stream().map(DebFile::file).sorted().toList();
    List<String> key = new ArrayList<>(packed);
    key.addAll(kept);
    String name = label + "-" + Cache.digest(String.join("\n", key).getBytes(UTF_8));
    return cache.directory(
        name,
        target -> {
          fetch(wanted);
          for (String file : packed) {
            Tool.output(files, List.of("dpkg-deb", "-x", file, target.toString()));
            Files.delete(files.resolve(file));
          }
          removeBut(kept, target);
        });
  }

  private static void removeBut(List<String> kept, Path tree) throws IOException {
    List<Path> rest;
    try (Stream<Path> walk = Files.walk(tree)) {
      rest = walk.filter(path -> !Files.isDirectory(path) && !begins(path, kept)).toList();
    }
    for (Path path : rest) {
      Files.delete(path);
    }
  }

  private static boolean begins(Path path, List<String> names) {
    String name = path.getFileName().toString();
    return names.stream().anyMatch(name::startsWith);
  }

  private void fetch(List<DebFile> wanted) throws IOException, InterruptedException {
    List<DebFile> missing = new ArrayList<>();
    for (DebFile file : wanted) {
      if (!Files.exists(files.resolve(file.file()))) {
        missing.add(file);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    Result result = apt.download(missing, files);
    List<String> absent =
        missing.stream()
            .filter(file -> !Files.exists(files.resolve(file.file())))
            .map(DebFile::file)
            .toList();
    if (!absent.isEmpty()) {
      throw new MissingHereException(
          "cannot fetch %s: %s".formatted(String.join(", ", absent), result.errors("E: ")));
    }
  }

  /** Something that apt's lists of packages may be too old for. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }
}
