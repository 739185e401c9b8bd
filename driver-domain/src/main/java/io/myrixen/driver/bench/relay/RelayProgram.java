package io.myrixen.driver.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One of the three processes of the bare relay: reads lines, does what they say, answers each.
 * Between loads it sleeps. The end of the input ends it at once, whatever it waits for.
 */
public final class RelayProgram {

  private final BlockingQueue<Line> commands = new LinkedBlockingQueue<>();

  private RelayProgram() {}

  /**
   * Obeys.
   *
   * @param args {@code a}, {@code b} or {@code relay}, and the file that all three map
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Role role = Role.valueOf(args[0].toUpperCase(Locale.ROOT));
    RelayMemory memory = RelayMemory.map(Path.of(args[1]));
    var out = new PrintStream(System.out, true, UTF_8);
    var program = new RelayProgram();
    Thread.ofPlatform().name("commands").daemon(true).start(program::readCommands);
    out.println(Line.of("ready"));
    program.obey(role, memory, out);
  }

  private void readCommands() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        commands.add(Line.parse(text));
      }
    } catch (IOException _) {
      // Whoever sent commands is gone, which is what their end says too.
    }
    Runtime.getRuntime().halt(0);
  }

  private void obey(Role role, RelayMemory memory, PrintStream out) throws InterruptedException {
    Party party =
        switch (role) {
          case A -> driving(new End(memory, role));
          case B -> serving(new End(memory, role));
          case RELAY -> forwarding(new Forwarder(memory));
        };
    while (true) {
      Line command = commands.take();
      out.println(party.run(command, Load.from(command), (int) command.number("pauses")));
    }
  }

  /** What a process does with a load; returns its answer. */
  @FunctionalInterface
  private interface Party {
    Line run(Line command, Load load, int pauses);
  }

  private static Party driving(End end) {
    return (command, load, pauses) -> end.drive(load, command.number("budgetNs"), pauses);
  }

  private static Party serving(End end) {
    return (_, load, pauses) -> {
      end.serve(load, pauses);
      return Line.of("served");
    };
  }

  private static Party forwarding(Forwarder forwarder) {
    return (_, load, pauses) -> {
      forwarder.run(load, pauses);
      return Line.of("served");
    };
  }
}
