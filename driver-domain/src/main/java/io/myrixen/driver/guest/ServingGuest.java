package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The guest that others measure with, one after the other: it does what their lines say. Whoever
 * introduces himself is served from then on, and the one before is no more.
 */
public final class ServingGuest {

  /** Far more than any measurement takes; a stranger cannot make us use all memory there is. */
  private static final long MOST_BYTES = 64L << 20;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final Endpoint endpoint;
  private final Consumer<String> log;
  private final Watch watch;
  private @Nullable Session session;

  private ServingGuest(Endpoint endpoint, Consumer<String> log) {
    this.endpoint = endpoint;
    this.log = log;
    this.watch = new Watch(endpoint);
  }

  /** The index of the one that serves for who asks with index {@code asking}. */
  static int indexFor(int asking) {
    return asking + 1;
  }

  /** One who asks, and what is needed to serve him. */
  private record Session(int asking, EndpointAddress address, PairMemory memory, Measuring work) {}

  /**
   * Serves on the first board until the endpoint ends: because {@code mx} is closed, or because the
   * driver domain is gone.
   *
   * @param log receives a line when it begins to serve, and for each one who asks
   * @throws MxException that says why it ended
   */
  public static void serve(Mx mx, Consumer<String> log) {
    try (Endpoint endpoint = mx.openEndpoint(Mx.ANY_NIC, Guest.ENDPOINT_ID, Guest.KEY)) {
      log.accept(endpoint.board().hostname() + " serves");
      new ServingGuest(endpoint, log).run();
    }
  }

  private void run() {
    while (true) {
      // Anew each time: requests of a wait that failed may not have ended yet.
      var lines = new Lines(endpoint, new Peers());
      Lines.Heard heard = lines.awaitAny();
      Line line = heard.line();
      Session asking = session;
      try {
        if (line.verb().equals("hello")) {
          asking = introduce(heard);
          lines.say(asking.address(), indexFor(asking.asking()), welcome(asking));
        } else if (asking == null || asking.asking() != heard.sender()) {
          log.accept("nobody is served as guest " + heard.sender());
        } else if (line.verb().equals("bye")) {
          part();
        } else {
          lines.say(asking.address(), indexFor(asking.asking()), answer(asking, line));
        }
      } catch (MxException e) {
        log.accept("somebody could not be served: " + e.getMessage());
      } catch (IllegalArgumentException _) {
        log.accept("somebody said what makes no sense"); // Not repeated: it may hold anything.
      }
    }
  }

  private void part() {
    Session parting = session;
    session = null;
    if (parting != null) {
      parting.memory().free(endpoint);
    }
  }

  private Session introduce(Lines.Heard heard) {
    part();
    long bytes = heard.line().number("bytes");
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new MxException(
          ReturnCode.BAD_PARAM_VAL, "messages of up to %d bytes".formatted(bytes));
    }
    EndpointAddress source = heard.source();
    EndpointAddress address =
        endpoint.connect(source.nicId(), source.endpointId(), Guest.KEY, CONNECT_LIMIT);
    var peers = new Peers(watch);
    peers.add(heard.sender(), address);
    PairMemory memory = PairMemory.of(endpoint, Measuring.memoryBytes(bytes));
    var work = new Measuring(endpoint, peers, indexFor(heard.sender()), memory.segment());
    var opened = new Session(heard.sender(), address, memory, work);
    session = opened;
    log.accept("serves the one who asks from board %012x".formatted(source.nicId()));
    return opened;
  }

  private static Line welcome(Session opened) {
    String limit = opened.memory().limit();
    Line line = Line.of("welcome");
    return limit == null ? line : line.with("limit", limit);
  }

  private static Line answer(Session asking, Line command) {
    try {
      Line answer = asking.work().answer(command);
      return answer != null ? answer : Guest.failed(command, "no such command", null);
    } catch (MxException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      return Guest.failed(command, String.valueOf(e.getMessage()), e);
    }
  }
}
