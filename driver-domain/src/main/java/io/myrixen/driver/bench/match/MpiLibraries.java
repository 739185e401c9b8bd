package io.myrixen.driver.bench.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.driver.fleet.GuestFailedException;
import io.myrixen.driver.process.Lifetime;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MPI libraries that are installed: an {@code mpicc} and an {@code mpirun} for each. */
final class MpiLibraries {

  private static final String PROGRAM = "mpi-match.c";

  /** As Debian tells apart what is installed side by side; without, whatever it is. */
  private static final List<String> SUFFIXES = List.of(".mpich", ".openmpi", "");

  /** What is worth a word where it is missing. */
  private static final List<String> WANTED = List.of("mpich", "openmpi");

  private final Path directory;
  private final Lifetime lifetime;
  private final List<MpiContender> contenders = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private MpiLibraries(Path directory, Lifetime lifetime) {
    this.directory = directory;
    this.lifetime = lifetime;
  }

  /**
   * Compiles and starts the program with every library found; they end with {@code lifetime}.
   *
   * @param directory for what is compiled
   */
  static MpiLibraries start(Path directory, Lifetime lifetime)
      throws IOException, InterruptedException {
    var libraries = new MpiLibraries(directory, lifetime);
    Path source = directory.resolve(PROGRAM);
    try (InputStream text =
        Objects.requireNonNull(MpiLibraries.class.getResourceAsStream(PROGRAM))) {
      Files.copy(text, source);
    }
    Set<Path> seen = new HashSet<>();
    for (String suffix : SUFFIXES) {
      Path compiler = onPath("mpicc" + suffix);
      Path launcher = onPath("mpirun" + suffix);
      if (compiler != null && launcher != null && seen.add(launcher.toRealPath())) {
        libraries.add(compiler, launcher, source);
      }
    }
    return libraries;
  }

  private static @Nullable Path onPath(String command) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private void add(Path compiler, Path launcher, Path source)
      throws IOException, InterruptedException {
    Path program = directory.resolve(compiler.getFileName() + "-match");
    var build =
        new ProcessBuilder(compiler.toString(), "-O2", "-o", program.toString(), source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(build.getInputStream().readAllBytes(), UTF_8);
    if (build.waitFor() != 0) {
      notes.add("%s cannot compile: %s".formatted(compiler, said.lines().findFirst().orElse("")));
      return;
    }
    try {
      MpiContender contender = lifetime.keep(MpiContender.start(launcher, program));
      contenders.add(contender);
      notes.add("%s is %s.".formatted(contender.label(), contender.version()));
    } catch (GuestFailedException e) {
      notes.add("%s does not run: %s".formatted(launcher, e.getMessage()));
    }
  }

  /** Those that run. */
  List<MpiContender> contenders() {
    return contenders;
  }

  /** Which version of each was measured, and what was not and why. */
  List<String> notes() {
    var all = new ArrayList<>(notes);
    for (String wanted : WANTED) {
      if (contenders.stream().noneMatch(contender -> contender.label().equals(wanted))) {
        all.add(wanted + " was not measured: no mpicc and mpirun of it that work on the PATH.");
      }
    }
    return all;
  }
}
