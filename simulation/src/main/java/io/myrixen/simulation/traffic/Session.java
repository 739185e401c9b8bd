package io.myrixen.simulation.traffic;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.simulation.board.SimulatedPort;
import io.myrixen.simulation.oracle.Station;
import io.myrixen.simulation.oracle.ViolationException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One opening of an application's endpoint, with everything that is under way at it. */
final class Session {

  private static final int MOST_COMPLETIONS = 64;
  private static final int MILLION = 1_000_000;

  /** Timers of a library that has nobody else run at its application's looks. */
  private static final long LONGEST_LOOK_NS = 20_000_000;

  final Application application;
  final Endpoint endpoint;
  final Station station;
  final Buffers sendBuffers;
  final Buffers receiveBuffers;
  final Connections connections;
  final Sends sends;
  final Receives receives;

  private final SimulatedPort port;
  private final Status status = new Status();
  private final ArrayDeque<Request> requests = new ArrayDeque<>();

  /** How often it looks now: the more seldom, the longer nothing happens. */
  private long lookNs;

  private boolean resting;

  Session(Application application, Endpoint endpoint, SimulatedPort port) {
    this.application = application;
    this.endpoint = endpoint;
    this.port = port;
    station = application.traffic.oracle().opened(endpoint.address(), application.place.toString());
    MemorySegment registered = registered(endpoint);
    sendBuffers = new Buffers(application.sendHeap, registered, 0);
    receiveBuffers = new Buffers(application.receiveHeap, registered, Buffers.BYTES);
    lookNs = application.habits.lookNs();
    connections = new Connections(this);
    sends = new Sends(this);
    receives = new Receives(this);
    if (application.habits.contextMask() != 0) {
      application.traffic.occurrences().add(Occurrence.CONTEXTS);
    }
  }

  private static @Nullable MemorySegment registered(Endpoint endpoint) {
    try {
      return endpoint.allocate(2 * Buffers.BYTES);
    } catch (MxException _) {
      return null; // The device has gone meanwhile.
    }
  }

  SimulatedPort port() {
    return port;
  }

  RandomGenerator random() {
    return application.random;
  }

  long nowNs() {
    return application.traffic.agenda().nowNs();
  }

  /** Takes what has ended and begins something new. Returns how long to sleep then. */
  long turn() {
    Habits habits = application.habits;
    boolean worked = takeOutcomes();
    worked |= connections.work();
    worked |= sends.work();
    worked |= receives.work();
    if (worked) {
      resting = false;
      lookNs = habits.lookNs();
      return random().nextInt(MILLION) < habits.computePerMillion()
          ? 1 + random().nextLong(habits.computeNs())
          : habits.turnNs();
    }
    lookNs = Math.min(lookNs * 2, LONGEST_LOOK_NS);
    if (habits.waits() && application.traffic.agenda().depth() == 1) {
      if (await(Duration.ofNanos(1 + random().nextLong(lookNs)))) {
        lookNs = habits.lookNs();
      }
      return habits.turnNs();
    }
    port.listen();
    if (resting) {
      return lookNs;
    }
    resting = true;
    return 1; // The look again.
  }

  /** Sleeps in the library until something has ended, or until a message is there for a probe. */
  private boolean await(Duration time) {
    if (random().nextInt(100) >= application.habits.probePercent() || !receives.hasRoom()) {
      boolean any = endpoint.awaitAny(0, 0, time, status);
      if (any) {
        ended();
      }
      return any;
    }
    boolean shown = endpoint.probe(0, 0, time, status);
    if (shown) {
      application.traffic.occurrences().add(Occurrence.PROBE_AWAITED);
      receives.receiveShown(0, 0, status);
    }
    return shown;
  }

  private boolean takeOutcomes() {
    int count = 0;
    while (count < MOST_COMPLETIONS && endpoint.testAny(0, 0, status)) {
      ended();
      count++;
    }
    return count > 0;
  }

  private void ended() {
    switch (Objects.requireNonNull(status.context())) {
      case Sends.Sent sent -> sends.ended(sent, status);
      case Receives.Posted posted -> receives.ended(posted, status);
      case Connections.Attempt attempt -> connections.ended(attempt, status);
      default -> throw new ViolationException("a context that nobody attached: " + status);
    }
  }

  Request request(Object context) {
    Request request = requests.poll();
    return (request == null ? endpoint.newRequest() : request).context(context);
  }

  void free(Request request) {
    requests.push(request);
  }

  /**
   * The window is dead: everything has ended, which is looked at, before the endpoint is closed.
   */
  void lose(String why) {
    application.traffic.oracle().gone(station, why);
    while (takeOutcomes()) {}
    if (sends.underWay() > 0) {
      throw new ViolationException("still pending after %s: %s".formatted(why, station));
    }
    count();
    checkMemory();
    var _ = endpoint.close(Duration.ZERO);
  }

  /** Closes in the middle of everything. */
  void close(String why, Duration linger) {
    application.traffic.oracle().gone(station, why);
    checkMemory();
    var _ = endpoint.close(linger);
    count();
  }

  /** The application is killed: its endpoint stays as it is. */
  void abandon(String why) {
    application.traffic.oracle().gone(station, why);
    count();
  }

  /** Closes when nothing is under way, and nothing that it had promised may be lost. */
  void closeClean(Duration linger) {
    while (takeOutcomes()) {} // Of messages whose time was over, and which nobody waits for.
    receives.cancelAll();
    checkMemory();
    CloseReport report = endpoint.close(linger);
    count();
    if (!report.clean()) {
      throw new ViolationException(
          "unacknowledged at the end: %s of %s".formatted(report, station));
    }
    application.traffic.oracle().closed(station);
  }

  /** Judges the most memory that its unexpected messages have taken since it was opened. */
  private void checkMemory() {
    EndpointInspection inspection = Objects.requireNonNull(port.inspection());
    inspection.ask();
    String description = inspection.poll();
    if (description == null) {
      throw new ViolationException("nobody calls, and yet it is busy: " + station);
    }
    long peak = UnexpectedBound.peakBytes(description);
    Habits habits = application.habits;
    UnexpectedBound.check(peak, habits.options(), habits.receiveWindow() + sends.begun());
    if (peak >= habits.options().unexpectedBytes() / 2) {
      application.traffic.occurrences().add(Occurrence.MEMORY_HALF_FULL);
    }
  }

  private void count() {
    application.traffic.counted(endpoint.counters());
  }
}
