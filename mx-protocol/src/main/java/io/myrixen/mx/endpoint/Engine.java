package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.memory.RdmaWindows;
import io.myrixen.mx.memory.RegisteredMemory;
import io.myrixen.mx.memory.StagingPool;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.NanoClock;

/**
 * The parts of one endpoint's library, and the pass that moves them all. Owned by whoever holds the
 * endpoint's {@link Gate}; has no threads and no locks.
 */
final class Engine {

  final EndpointPort port;
  final EndpointOptions options;
  final WindowLayout layout;
  final MemorySegment window;
  final ControlLines control;
  final Counts counts = new Counts();
  final Outcomes outcomes;
  final RegisteredMemory registered;
  final Partners partners;

  /** The endpoint itself, as it is addressed. */
  final Partner self;

  final Commands commands;
  final Timers timers;
  final Acks acks;
  final Resends resends;
  final Liveness liveness;
  final Eager eager;
  final Larges larges;
  final Pulls pulls;
  final Sender sender;
  final SelfSends selfSends;
  final Handling handling = new Handling();
  final Matching matching;
  final Ordering ordering;
  final Receiver receiver;
  final Completions completions;
  final Connector connector;
  final Deaths deaths;
  final Deadlines deadlines;
  final Inquiry inquiry = new Inquiry(this);

  /** The time of the current pass or call. */
  long nowNs;

  /**
   * When the event queue was last found empty: what is read now has arrived since, and may have
   * waited as long as the application was away. How old frames are is reckoned from here.
   */
  long arrivalsSinceNs;

  private final NanoClock clock;
  private final StagingPool staging;

  /** Whether the NIC has been told that nobody looks. */
  private boolean armed;

  private boolean gone;

  /** How many commands the NIC has been woken for, if it slept. */
  private long rungAt;

  Engine(
      BoardDriver driver,
      Board board,
      EndpointPort port,
      int filter,
      EndpointOptions options,
      int firstSequence) {
    this.port = port;
    this.options = options;
    outcomes = new Outcomes(counts, options.contextIds());
    clock = driver.clock();
    nowNs = clock.nanoTime();
    arrivalsSinceNs = nowNs;
    layout = new WindowLayout(port.geometry());
    window = port.window();
    control = new ControlLines(window);
    registered = new RegisteredMemory(port, driver::await);
    staging = new StagingPool(port, options.stagingBytes());
    var windows = new RdmaWindows(window, layout);
    partners = new Partners(firstSequence);
    self =
        partners.put(new Partner(partners, board.nicId(), port.endpointId(), true, Sequence.FIRST));
    self.connect(port.sessionId(), Sequence.FIRST);
    commands = new Commands(window, layout, control);
    timers = new Timers(this, nowNs);
    acks = new Acks(this);
    resends = new Resends(this);
    liveness = new Liveness(this);
    eager = new Eager(this);
    larges = new Larges(this, windows, staging);
    pulls = new Pulls(this, windows, staging);
    sender = new Sender(this);
    selfSends = new SelfSends(this);
    matching = new Matching(this);
    ordering = new Ordering(this);
    receiver = new Receiver(this);
    completions = new Completions(this);
    connector = new Connector(this, filter);
    deaths = new Deaths(this);
    deadlines = new Deadlines(this);
  }

  /**
   * Registers the memory that large messages pass through, so that none of them has to wait for the
   * control path. Where there is too little now, the first that needs it asks again.
   */
  void registerStaging(BoardDriver driver) {
    try {
      staging.open(driver::await);
    } catch (MxException _) {
      // Messages of the other classes, and from registered memory, can do without.
    }
  }

  /** Reads the clock: at the beginning of each call. */
  void look() {
    nowNs = clock.nanoTime();
  }

  /** Makes one pass of progress. Returns whether anything happened. */
  boolean pass() {
    look();
    if (handling.running()) {
      return false;
    }
    if (gone || port.detached()) {
      return leave();
    }
    if (handling.disabled()) {
      return false;
    }
    // The NIC writes completions before it says that it has taken their commands: what it had taken
    // by now has all been drained when the room is given out.
    long taken = commands.consumedByNic();
    int work = completions.drain();
    commands.credit(taken);
    work += resends.runCredits();
    work += receiver.poll();
    work += selfSends.matchDeferred();
    timers.run(nowNs);
    int moved = larges.doWork() + pulls.doWork();
    long written = commands.written();
    int started = pulls.pump();
    sender.pump();
    acks.runStarved();
    acks.flush();
    if (moved > 0 || commands.written() != rungAt) {
      ring();
    }
    return work + moved + started > 0 || commands.written() != written;
  }

  /**
   * Reads the clock and looks whether a {@link #pass} is worth it: whether the NIC has written
   * something, or something is under way that moves without that.
   */
  boolean stirs() {
    look();
    return receiver.ready()
        || completions.ready()
        || sender.queued()
        || resends.awaitsCredit()
        || selfSends.defers()
        || larges.moving()
        || pulls.moving();
  }

  /** Wakes the NIC if it sleeps; after everything that it has to see was written. */
  void ring() {
    rungAt = commands.written();
    if (control.nicAsleepAfterCommand()) {
      port.raise();
    }
  }

  /** The window is dead: nothing that is under way can go on. */
  private boolean leave() {
    if (gone) {
      return false;
    }
    gone = true;
    endAll(StatusCode.ENDPOINT_UNREACHABLE);
    return true;
  }

  /** Ends every request, and never looks at the window again. */
  void shut() {
    gone = true;
    endAll(StatusCode.CANCELLED);
  }

  /** Whether the device has gone, or the endpoint has been closed. */
  boolean gone() {
    return gone || port.detached();
  }

  /** Ends every request. The NIC may still touch memory until the port is closed. */
  void endAll(StatusCode status) {
    for (int i = 0; i < partners.count(); i++) {
      Partner partner = partners.get(i);
      if (partner.death == null) {
        deaths.kill(partner, status);
      }
    }
    connector.endAll(status);
    matching.endAll(status);
    selfSends.dropDeferred(status);
    pulls.endAll(status);
  }

  /**
   * Takes back a receive that nothing has matched, or a connect that has not ended. Returns whether
   * it was one.
   */
  boolean withdraw(EndpointRequest request) {
    return switch (request.kind) {
      case SEND ->
          throw new MxException(ReturnCode.CANCEL_NOT_SUPPORTED, "a send cannot be taken back");
      case RECEIVE -> request.started() && matching.cancel(request);
      case CONNECT -> request.started() && connector.cancel(request);
    };
  }

  /** Whether all that the application counts on is acknowledged, and nothing is owed to anyone. */
  boolean settled() {
    if (sender.promisedCount() > 0 || !commands.allTaken()) {
      return false;
    }
    for (int i = 0; i < partners.count(); i++) {
      Partner partner = partners.get(i);
      if (partner.death == null && (partner.ackOwed || owesNotify(partner))) {
        return false;
      }
    }
    return true;
  }

  private static boolean owesNotify(Partner partner) {
    return !partner.notifies.isEmpty() || partner.notifiesInFlight > 0;
  }

  /** Acknowledges everything now: before closing there is nothing to wait for. */
  void acknowledgeAll() {
    for (int i = 0; i < partners.count(); i++) {
      Partner partner = partners.get(i);
      if (partner.ackOwed && partner.death == null) {
        acks.oweNow(partner);
      }
    }
  }

  /** Asks the NIC to raise the event channel from now on. Whoever does so looks once more. */
  void arm() {
    armed = true;
    control.vmAsleep(true);
  }

  /** Somebody looks again. */
  void disarm() {
    if (armed) {
      armed = false;
      control.vmAsleep(false);
    }
  }

  /** From any thread. */
  EndpointCounters counters() {
    long registrations = registered.regionCount() + (staging.ringBytes() > 0 ? 1L : 0L);
    return counts.snapshot(port.raised(), registrations);
  }
}
