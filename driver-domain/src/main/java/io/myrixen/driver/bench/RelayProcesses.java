package io.myrixen.driver.bench;

import io.myrixen.driver.bench.relay.RelayProgram;
import io.myrixen.driver.bench.relay.Role;
import io.myrixen.driver.fleet.Answers;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import io.myrixen.driver.process.ChildProcess;
import io.myrixen.driver.process.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The three processes of the bare relay, which all its variants share. */
final class RelayProcesses implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Memory, not a disk. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** One of the three, and what it says. */
  private record Party(ChildProcess process, Answers answers) {}

  private final Party relay;
  private final Party b;
  private final Party a;

  /** Starts the three; they may not be ready yet. */
  private RelayProcesses(Path file) {
    relay = start(Role.RELAY, file);
    b = start(Role.B, file);
    a = start(Role.A, file);
    for (Party party : parties()) {
      // The others wait for it in vain, and would not say so.
      party.process.whenEnded(_ -> parties().forEach(other -> other.answers.died()));
    }
  }

  private static Party start(Role role, Path file) {
    String word = role.name().toLowerCase(Locale.ROOT);
    var answers = new Answers("process " + word + " of the bare relay, or one of the other two,");
    return new Party(
        ChildProcess.start(
            "relay " + word,
            Jvm.guest(RelayProgram.class, List.of(word, file.toString())),
            Map.of(),
            text -> answers.heard(Line.parse(text))),
        answers);
  }

  private List<Party> parties() {
    return List.of(relay, b, a);
  }

  /**
   * Starts the three and waits until they are there.
   *
   * @throws io.myrixen.driver.fleet.GuestFailedException if one of them fails
   */
  static RelayProcesses start() throws InterruptedException {
    try {
      Path file =
          Files.isWritable(SHARED_MEMORY)
              ? Files.createTempFile(SHARED_MEMORY, "myrixen-relay-", "")
              : Files.createTempFile("myrixen-relay-", "");
      try {
        var relay = new RelayProcesses(file);
        relay.awaitReady();
        return relay;
      } finally {
        // Mapped by now, or of no use.
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the bare relay's memory: " + e.getMessage(), e);
    }
  }

  private void awaitReady() throws InterruptedException {
    boolean ready = false;
    try {
      for (Party party : parties()) {
        var _ = party.answers.require("ready", LIMIT);
      }
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  /**
   * Carries {@code load} for {@code budgetNs}, each process yielding after {@code pauses}; returns
   * what A measured.
   *
   * @throws io.myrixen.driver.fleet.GuestFailedException if one of them dies
   */
  Line run(Load load, long budgetNs, int pauses) throws InterruptedException {
    Line command = load.on(Line.of("load")).with("budgetNs", budgetNs).with("pauses", pauses);
    parties().forEach(party -> party.process.send(command.toString()));
    Line measured = a.answers.require("driven", LIMIT);
    var _ = b.answers.require("served", LIMIT);
    var _ = relay.answers.require("served", LIMIT);
    return measured;
  }

  @Override
  public void close() {
    parties().forEach(party -> party.process.close());
  }
}
