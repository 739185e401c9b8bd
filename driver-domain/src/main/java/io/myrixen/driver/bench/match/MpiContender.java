package io.myrixen.driver.bench.match;

import io.myrixen.driver.fleet.Answers;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An MPI library: the first of two processes sends to itself, so that the library's general
 * matching is measured and no other process. It sleeps in the kernel while it is not asked to.
 */
final class MpiContender implements MatchContender {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Open MPI refuses root and binds each process to a processor of its own unless told otherwise.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMPI_ALLOW_RUN_AS_ROOT", "1",
          "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1",
          "OMPI_MCA_hwloc_base_binding_policy", "none",
          "OMPI_MCA_rmaps_base_oversubscribe", "1");

  private final ChildProcess process;
  private final Answers answers;
  private final String version;

  private MpiContender(ChildProcess process, Answers answers, String version) {
    this.process = process;
    this.answers = answers;
    this.version = version;
  }

  /**
   * Starts {@code program} by {@code launcher} and waits until it is there. What a launcher itself
   * says is skipped.
   *
   * @throws io.myrixen.driver.fleet.GuestFailedException if it does not come up
   */
  static MpiContender start(Path launcher, Path program) throws InterruptedException {
    String name = launcher.getFileName() + " of " + program.getFileName();
    var answers = new Answers(name);
    ChildProcess process =
        ChildProcess.start(
            name,
            List.of(launcher.toString(), "-n", "2", program.toString()),
            ENVIRONMENT,
            text -> {
              if (text.startsWith("ready version=") || text.startsWith("driven p50Ns=")) {
                answers.heard(Line.parse(text));
              }
            });
    process.whenEnded(_ -> answers.died());
    boolean ready = false;
    try {
      String version = answers.require("ready", LIMIT).text("version");
      ready = true;
      return new MpiContender(process, answers, version);
    } finally {
      if (!ready) {
        process.close();
      }
    }
  }

  @Override
  public String label() {
    String words = version.toLowerCase(Locale.ROOT);
    if (words.startsWith("open mpi")) {
      return "openmpi";
    }
    return words.startsWith("mpich") ? "mpich" : words.split("[^a-z]+", 2)[0];
  }

  /** What the library calls itself. */
  String version() {
    return version;
  }

  @Override
  public boolean knows(Pattern pattern) {
    return pattern != Pattern.MASKS;
  }

  @Override
  public double measure(Pattern pattern, int depth, long budgetNs) throws InterruptedException {
    process.send("drive %s %d %d".formatted(pattern.word(), depth, budgetNs));
    return answers.require("driven", LIMIT).fraction("p50Ns") / BATCH;
  }

  @Override
  public void close() {
    process.close();
  }
}
