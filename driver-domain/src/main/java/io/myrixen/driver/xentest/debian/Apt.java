package io.myrixen.driver.xentest.debian;

import io.myrixen.driver.xentest.tool.MissingHereException;
import io.myrixen.driver.xentest.tool.Tool;
import io.myrixen.driver.xentest.tool.Tool.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What apt knows. Asks the lists of packages that this machine has; after {@link #refresh} lists of
 * its own, which it fetches from the machine's mirrors without being root.
 */
final class Apt {

  private static final Pattern DEPENDS = Pattern.compile(" {2}(?:Pre)?Depends: ([^<].*)");
  private static final Pattern LOCATED = Pattern.compile("'[^']+' (([^_ ]+)_[^ ]+\\.deb) \\d+ .*");
  private static final Pattern TO_INSTALL = Pattern.compile("Inst ([^ ]+) .*");

  /** Long enough for a slow mirror; a dead one is told of while somebody still waits. */
  private static final List<String> PATIENCE =
      List.of("-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=20");

  private final Path directory;
  private final List<String> ownLists;

  /** Keeps what it fetches in {@code directory}, which exists. */
  Apt(Path directory) {
    this.directory = directory;
    Path state = directory.resolve("apt");
    ownLists =
        List.of(
            "-o", "Dir::State::lists=" + state.resolve("lists"),
            "-o", "Dir::Cache=" + state.resolve("cache"));
  }

  private boolean refreshed() {
    return Files.isDirectory(directory.resolve("apt"));
  }

  private List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(PATIENCE);
    if (refreshed()) {
      command.addAll(ownLists);
    }
    command.addAll(arguments);
    return command;
  }

  private Result run(String program, List<String> arguments)
      throws IOException, InterruptedException {
    return Tool.run(directory, Map.of(), command(program, arguments));
  }

  /** Fetches the lists of packages anew, into the cache. */
  void refresh() throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("apt/lists/partial"));
    Files.createDirectories(directory.resolve("apt/cache/archives/partial"));
    // By default apt calls it a success when no mirror answers.
    String strict = "APT::Update::Error-Mode=any";
    Result result = run("apt-get", List.of("-o", strict, "-o", "Debug::NoLocking=1", "update"));
    if (result.code() != 0) {
      throw new MissingHereException("no lists of packages: " + result);
    }
  }

  /** Returns what each package directly needs, for {@code roots} and all that they need. */
  Map<String, List<String>> dependencies(List<String> roots)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("depends", "--recurse", "--important"));
    arguments.addAll(roots);
    Result result = run("apt-cache", arguments);
    if (result.code() != 0) {
      throw new MissingHereException(result.toString());
    }
    Map<String, List<String>> graph = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : result.said().lines().toList()) {
      Matcher depends = DEPENDS.matcher(line);
      if (depends.matches()) {
        current.add(depends.group(1));
      } else if (!line.startsWith(" ")) {
        current = graph.computeIfAbsent(line, _ -> new ArrayList<>());
      }
    }
    return graph;
  }

  /** Returns the file of each package in the version that apt would install. */
  List<DebFile> locate(Collection<String> packages) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("download", "--print-uris"));
    arguments.addAll(packages);
    Result result = run("apt-get", arguments);
    List<DebFile> files = new ArrayList<>();
    for (String line : result.said().lines().toList()) {
      Matcher located = LOCATED.matcher(line);
      if (located.matches()) {
        files.add(new DebFile(located.group(2), located.group(1)));
      }
    }
    if (result.code() != 0 || files.size() < packages.size()) {
      throw new MissingHereException("apt does not offer all packages: " + result);
    }
    return files;
  }

  /** Returns the packages that this machine lacks to run {@code name}, with itself. */
  List<String> missingFor(String name) throws IOException, InterruptedException {
    Result result =
        run(
            "apt-get",
            List.of("-o", "Debug::NoLocking=1", "install", "-s", "--no-install-recommends", name));
    if (result.code() != 0) {
      throw new MissingHereException("no package " + name + ": " + result);
    }
    return result
        .said()
        .lines()
        .map(TO_INSTALL::matcher)
        .filter(Matcher::matches)
        .map(inst -> inst.group(1))
        .toList();
  }

  /** Fetches {@code files}, checked by apt against the mirror's signature, into {@code target}. */
  Result download(Collection<DebFile> files, Path target) throws IOException, InterruptedException {
    List<String> names = files.stream().map(DebFile::name).toList();
    var arguments = new ArrayList<>(List.of("download"));
    arguments.addAll(names);
    return Tool.run(target, Map.of(), command("apt-get", arguments));
  }
}
