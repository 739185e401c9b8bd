package io.myrixen.driver.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A VM's program: reads lines, does what they say, answers each with lines of which the last one
 * says that it is done. The end of the input ends the program.
 */
public final class Guest {

  /** Messages of an exchange from each guest to each other one. */
  public static final int MESSAGES_PER_PAIR = 2 * MessageShape.PLAN.size();

  /** The endpoint id under which guests find each other. */
  static final int ENDPOINT_ID = 1;

  /** The key that keeps others out: "guest" in ASCII, cut to 32 bits. */
  static final int KEY = 0x67756573;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  private final BlockingQueue<Line> commands = new LinkedBlockingQueue<>();
  private final Peers peers = new Peers();
  private final Endpoint endpoint;
  private final PrintStream out;
  private final int self;
  private final Exchange exchange;
  private final Measuring measuring;
  private final TimedLoads timedLoads;
  private final FileMove fileMove;

  private Guest(Endpoint endpoint, PrintStream out, int self, long maxBytes) {
    this.endpoint = endpoint;
    this.out = out;
    this.self = self;
    Waiting waiting = new Waiting(endpoint, peers);
    this.exchange = new Exchange(endpoint, peers);
    MemorySegment memory = endpoint.allocate(Measuring.memoryBytes(maxBytes));
    this.measuring = new Measuring(endpoint, peers, self, memory);
    this.timedLoads = new TimedLoads(endpoint, memory);
    this.fileMove = new FileMove(endpoint, waiting);
  }

  /**
   * Opens an endpoint and obeys.
   *
   * @param args this guest's index among the guests, and the largest message that is measured, in
   *     bytes
   */
  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    try (Mx mx = Mx.init();
        Endpoint endpoint = mx.openEndpoint(Mx.ANY_NIC, ENDPOINT_ID, KEY)) {
      Guest guest = new Guest(endpoint, out, Integer.parseInt(args[0]), Long.parseLong(args[1]));
      Thread.ofPlatform().name("commands").daemon(true).start(guest::readCommands);
      out.println(
          Line.of("ready")
              .with("nic", endpoint.board().nicId())
              .with("hostname", endpoint.board().hostname())
              .with("endpoint", endpoint.id()));
      guest.obey();
    } catch (MxException e) {
      out.println(Line.of("failed").with("what", String.valueOf(e.getMessage())));
      System.exit(1);
    }
  }

  private void readCommands() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        Line line = Line.parse(text);
        if (line.verb().equals("dead")) {
          // Not queued: the command under way may be waiting for the dead one.
          peers.died((int) line.number("index"));
          endpoint.wakeUp();
        } else {
          commands.add(line);
        }
      }
    } catch (IOException e) {
      out.println(Line.of("failed").with("what", "cannot read commands: " + e.getMessage()));
    } finally {
      commands.add(Line.of("close"));
    }
  }

  private void obey() throws InterruptedException {
    while (true) {
      Line command = commands.take();
      if (command.verb().equals("close")) {
        CloseReport report = endpoint.close(Duration.ofSeconds(5));
        out.println(Line.of("closed").with("unacknowledged", report.unacknowledgedMessages()));
        return;
      }
      out.println(answer(command));
    }
  }

  private Line answer(Line command) {
    try {
      return switch (command.verb()) {
        case "connect" -> connect(command);
        case "exchange" -> exchange(command);
        case "drive" -> drive(command);
        case "serve" -> serve(command);
        case "sendfile" ->
            fileMove.send(
                Path.of(command.text("path")), peers.address(index(command, "peer")), self);
        case "receivefile" ->
            fileMove.receive(
                Path.of(command.text("path")), command.number("bytes"), index(command, "peer"));
        case "counters" -> counters();
        default -> {
          Line measured = measuring.answer(command);
          yield measured != null ? measured : failed(command, "no such command", null);
        }
      };
    } catch (MxException | IOException | IllegalArgumentException e) {
      return failed(command, String.valueOf(e.getMessage()), e);
    }
  }

  static Line failed(Line command, String what, @Nullable Exception cause) {
    String text = cause == null || cause instanceof MxException ? what : cause.toString();
    return Line.of("failed").with("command", command.verb()).with("what", text);
  }

  private static int index(Line command, String key) {
    return (int) command.number(key);
  }

  private Line connect(Line command) {
    peers.add(
        index(command, "index"),
        endpoint.connectWhenOpen(command.text("name"), ENDPOINT_ID, KEY, CONNECT_LIMIT));
    return Line.of("connected").with("index", command.text("index"));
  }

  private Line exchange(Line command) {
    exchange.run(self, index(command, "guests"), command.number("seed"), out::println);
    return Line.of("exchanged");
  }

  private Line drive(Line command) {
    return timedLoads.drive(
        Load.from(command), command.number("budgetNs"), measuring.pair(command));
  }

  private Line serve(Line command) {
    timedLoads.serve(Load.from(command), measuring.pair(command));
    return Line.of("served");
  }

  private Line counters() {
    EndpointCounters counters = endpoint.counters();
    return Line.of("counters")
        .with("doorbells", counters.doorbells())
        .with("registrations", counters.registrations())
        .with("stagedBytes", counters.stagedBytes())
        .with("tiny", counters.tinySent())
        .with("small", counters.smallSent())
        .with("medium", counters.mediumSent())
        .with("large", counters.largeSent())
        .with("bytes", counters.bytesSent())
        .with("unexpected", counters.unexpected())
        .with("resends", counters.resends());
  }
}
