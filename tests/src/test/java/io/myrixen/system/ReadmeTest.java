package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds the README to what it says. */
@Timeout(300)
final class ReadmeTest {

  /** How often a program that sends, closes and exits is run; a thousand take half an hour. */
  private static final int RUNS = Integer.getInteger("myrixen.tests.send-and-exit.runs", 8);

  private static final String GREETING = "SUCCESS, \"Hello from alice:0\"\n";

  @TempDir private Path logs = Path.of("");

  private static String program() throws IOException {
    return UserPrograms.example("README.md", "class Hello ");
  }

  private CommandRun vm(RunningSystem system, String name, Path classes, String... arguments)
      throws IOException {
    var line = new ArrayList<String>();
    line.addAll(List.of("vm", "--run-dir", system.runDirectory().toString(), "--name", name));
    line.addAll(List.of("--", "-cp", classes.toString(), "Hello"));
    line.addAll(List.of(arguments));
    return CommandRun.start(logs, line.toArray(String[]::new));
  }

  @Test
  void shouldRunItsProgramInTwoVmsWithoutAnyFlag() throws Exception {
    Path classes = UserPrograms.compile(logs, "Hello", program());
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun bob = vm(system, "bob", classes);
          CommandRun alice = vm(system, "alice", classes, "bob")) {
        assertEquals(0, alice.awaitExit(), () -> alice.out() + alice.err());
        assertEquals(0, bob.awaitExit(), () -> bob.out() + bob.err());
        assertEquals("alice:0: " + GREETING, alice.out());
        assertEquals("bob:0: " + GREETING, bob.out());
        assertEquals("", alice.err() + bob.err());
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  @Test
  @Timeout(7_200)
  void shouldLoseNothingWhenAProgramSendsClosesAndExits() throws Exception {
    Path classes = UserPrograms.compile(logs, "Hello", program());
    try (RunningSystem system = RunningSystem.start(logs)) {
      for (int run = 0; run < RUNS; run++) {
        try (CommandRun bob = vm(system, "bob", classes);
            CommandRun alice = vm(system, "alice", classes, "bob")) {
          assertEquals(0, alice.awaitExit(), alice::err);
          assertEquals(0, bob.awaitExit(), bob::err);
          assertEquals("bob:0: " + GREETING, bob.out(), "run " + run);
        }
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }
}
