package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that measure between two VMs run to their end, in a system that runs already. */
@Timeout(300)
final class MeasuringCommandsTest {

  @TempDir private Path logs = Path.of("");

  private String run(RunningSystem system, String... options) throws Exception {
    String[] arguments = new String[options.length + 3];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = "--json";
    arguments[options.length + 1] = "--run-dir";
    arguments[options.length + 2] = system.runDirectory().toString();
    try (CommandRun command = CommandRun.start(logs, arguments)) {
      assertEquals(0, command.awaitExit(), () -> command.out() + command.err());
      assertEquals("", command.err());
      String json = DemoSystemTest.lastLine(command.out());
      assertEquals("8", DemoSystemTest.value(json, "size"), json);
      return json;
    }
  }

  @Test
  void shouldMeasureEchoesAndStreamsOfEveryClass() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      String echoes = run(system, "pingpong", "--sizes", "8,4096", "--count", "20");
      assertTrue(Double.parseDouble(DemoSystemTest.value(echoes, "rtt_p50_us")) > 0, echoes);
      assertTrue(Double.parseDouble(DemoSystemTest.value(echoes, "bandwidth_gbytes_s")) > 0);

      String counted =
          run(system, "stream", "--sizes", "8,0,128,4096,5000001", "--count", "50", "--vms", "a,b");
      assertEquals("50", DemoSystemTest.value(counted, "messages"));
      assertTrue(counted.contains("\"size\":5000001,\"bandwidth_gbytes_s\":"), counted);

      String timed = run(system, "stream", "--sizes", "8,65536", "--seconds", "0.01", "--fresh");
      assertTrue(Double.parseDouble(DemoSystemTest.value(timed, "rate_mmsg_s")) > 0, timed);
      assertTrue(timed.contains("\"size\":65536,\"bandwidth_fresh_gbytes_s\":"), timed);

      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  /** As on Xen, where nobody can start both. */
  @Test
  void shouldMeasureBetweenVmsThatWereStartedApart() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun server = serve(system)) {
        String echoes =
            run(system, "pingpong", "--sizes", "8,40000", "--count", "20", "--peer", "bob");
        assertTrue(Double.parseDouble(DemoSystemTest.value(echoes, "rtt_p50_us")) > 0, echoes);
        String stream =
            run(system, "stream", "--sizes", "8,128,4096,300000", "--count", "50", "--peer", "bob");
        assertEquals("50", DemoSystemTest.value(stream, "messages"), stream);
        assertEquals(0, server.terminate(), server::err);
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  @Test
  void shouldServeTheNextOneWhenOneThatMeasuredWasKilled() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun server = serve(system)) {
        measureUntilKilled(system, server).close();
        String echoes = run(system, "pingpong", "--sizes", "8", "--count", "20", "--peer", "bob");
        assertTrue(Double.parseDouble(DemoSystemTest.value(echoes, "rtt_p50_us")) > 0, echoes);
        assertEquals(0, server.terminate(), server::err);
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  @Test
  void shouldEndWhenTheOneThatServesWasKilled() throws Exception {
    try (RunningSystem system = RunningSystem.start(logs)) {
      try (CommandRun server = serve(system);
          CommandRun measuring = measureUntilKilled(system, server)) {
        server.process().destroyForcibly();
        assertEquals(1, measuring.awaitExit(), measuring::out);
        assertTrue(measuring.err().contains("the other guest is dead"), measuring::err);
      }
      system.awaitNoTrace();
      system.endCleanly();
    }
  }

  private CommandRun serve(RunningSystem system) throws Exception {
    String directory = system.runDirectory().toString();
    return CommandRun.start(logs, "pingpong", "--serve", "--name", "bob", "--run-dir", directory)
        .awaitOutput("bob:0 serves");
  }

  private CommandRun measureUntilKilled(RunningSystem system, CommandRun server) throws Exception {
    String[] options = "pingpong --sizes 8 --count 10000000 --peer bob --run-dir".split(" ");
    String[] arguments = Arrays.copyOf(options, options.length + 1);
    arguments[options.length] = system.runDirectory().toString();
    CommandRun measuring = CommandRun.start(logs, arguments);
    server.awaitOutput("serves the one who asks");
    return measuring;
  }
}
