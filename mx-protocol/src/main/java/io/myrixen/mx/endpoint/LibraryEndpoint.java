package io.myrixen.mx.endpoint;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.Peer;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls: each judges its arguments, enters the gate, and leaves it. */
final class LibraryEndpoint implements Endpoint {

  /** 10 ms between looks whether another thread has finished closing; it signals as well. */
  private static final long CLOSE_LOOK_NS = 10_000_000L;

  /** No board has that name. */
  private static final long NOBODY = -1;

  private final BoardDriver driver;
  private final Board board;
  private final Engine engine;
  private final Gate gate;
  private final Waiting waiting;
  private final Connecting connecting;
  private final Sending sending;
  private final Calls calls = new Calls();
  private final @Nullable Background background;
  private boolean closing;
  private @Nullable CloseReport closed;

  LibraryEndpoint(BoardDriver driver, Board board, Engine engine) {
    this.driver = driver;
    this.board = board;
    this.engine = engine;
    gate = new Gate(engine.options.shared());
    waiting = new Waiting(engine, gate);
    connecting = new Connecting(engine, waiting);
    sending = new Sending(engine, waiting);
    background =
        engine.options.backgroundProgress() ? new Background(engine, gate, waiting, calls) : null;
  }

  /** Can be looked into, and begins to progress in the background, if that is wanted. */
  LibraryEndpoint begin() {
    engine.port.inspectedBy(new Inspector(engine, gate, waiting));
    if (background != null) {
      driver.addBackgroundWork(background);
    }
    return this;
  }

  /** Enters to look at what there is, on a closed endpoint too. */
  private void enter() {
    calls.add();
    gate.enter();
    if (!waiting.sleeping() && !engine.gone()) {
      engine.disarm();
    }
    engine.look();
  }

  /** Enters to begin something. */
  private void enterAlive() {
    enter();
    if (closing) {
      gate.exit();
      throw new MxException(ReturnCode.BAD_ENDPOINT, "endpoint %d has been closed".formatted(id()));
    }
    if (engine.gone()) {
      var _ = engine.pass(); // Ends what is pending.
      gate.exit();
      throw new MxException(
          ReturnCode.NIC_DEAD,
          "the device of %s has gone: close endpoint %d and open another"
              .formatted(board.hostname(), id()));
    }
  }

  private EndpointRequest own(Request request) {
    if (request instanceof EndpointRequest known && known.engine == engine) {
      return known;
    }
    throw new MxException(ReturnCode.BAD_REQUEST, "not a request of this endpoint: " + request);
  }

  private EndpointRequest ownStarted(Request request) {
    EndpointRequest known = own(request);
    if (!known.pending()) {
      throw new MxException(ReturnCode.BAD_REQUEST, "the request has not been started");
    }
    return known;
  }

  private static long timeoutNs(Duration timeout) {
    if (timeout.isNegative()) {
      throw new MxException(ReturnCode.BAD_PARAM_VAL, "time-out is negative: " + timeout);
    }
    return timeout.isZero() || timeout.compareTo(Duration.ofDays(365)) > 0
        ? Timers.NEVER_NS
        : timeout.toNanos();
  }

  @Override
  public int id() {
    return engine.port.endpointId();
  }

  @Override
  public Board board() {
    return board;
  }

  @Override
  public EndpointAddress address() {
    return engine.self;
  }

  @Override
  public Request newRequest() {
    return new EndpointRequest(engine, false);
  }

  @Override
  public EndpointAddress connect(long nicId, int endpointId, int key, Duration timeout) {
    long limitNs = timeoutNs(timeout);
    enterAlive();
    try {
      return connecting.connect(nicId, endpointId, key, limitNs);
    } finally {
      gate.exit();
    }
  }

  @Override
  public EndpointAddress connectWhenOpen(long nicId, int endpointId, int key, Duration timeout) {
    long limitNs = timeoutNs(timeout);
    enterAlive();
    try {
      return connecting.connectWhenOpen(nicId, endpointId, key, limitNs);
    } finally {
      gate.exit();
    }
  }

  @Override
  public EndpointAddress connectWhenOpen(
      String hostname, int endpointId, int key, Duration timeout) {
    long limitNs = timeoutNs(timeout);
    String complete = hostname.indexOf(':') < 0 ? hostname + ":0" : hostname;
    long deadlineNs = driver.clock().nanoTime() + limitNs;
    long pauseNs = Connecting.firstPauseNs();
    while (true) {
      long nicId = lookUp(complete);
      enterAlive();
      try {
        long remainingNs = deadlineNs - engine.nowNs;
        if (nicId != NOBODY) {
          return connecting.connectWhenOpen(nicId, endpointId, key, Math.max(1, remainingNs));
        }
        if (remainingNs <= 0 || !connecting.pause(Math.min(pauseNs, remainingNs))) {
          throw new MxException(ReturnCode.TIMEOUT, "no board is named " + complete);
        }
      } finally {
        gate.exit();
      }
      pauseNs = Connecting.longer(pauseNs);
    }
  }

  private long lookUp(String hostname) {
    try {
      Peer peer = driver.await(board.peerByName(hostname));
      return peer.nicId();
    } catch (MxException e) {
      if (e.code() == ReturnCode.HOST_NOT_FOUND) {
        return NOBODY;
      }
      throw e;
    }
  }

  @Override
  public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
    enterAlive();
    try {
      EndpointRequest known = own(request);
      known.checkFree();
      connecting.start(known, nicId, endpointId, key, matchInfo);
    } finally {
      gate.exit();
    }
  }

  @Override
  public void isend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    send(segments, destination, matchInfo, request, false);
  }

  @Override
  public void isend(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    send(segment, destination, matchInfo, request, false);
  }

  @Override
  public void issend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    send(segments, destination, matchInfo, request, true);
  }

  @Override
  public void issend(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    send(segment, destination, matchInfo, request, true);
  }

  private void send(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request,
      boolean synchronous) {
    enterAlive();
    try {
      EndpointRequest known = request == null ? null : own(request);
      sending.send(segments, destination, matchInfo, known, synchronous);
    } finally {
      gate.exit();
    }
  }

  private void send(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request,
      boolean synchronous) {
    enterAlive();
    try {
      EndpointRequest known = request == null ? null : own(request);
      sending.send(segment, destination, matchInfo, known, synchronous);
    } finally {
      gate.exit();
    }
  }

  @Override
  public void irecv(List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
    enterAlive();
    try {
      EndpointRequest known = receivable(request, matchInfo, matchMask);
      known.segments.set(segments, true);
      sending.receive(known, matchInfo, matchMask);
    } finally {
      gate.exit();
    }
  }

  @Override
  public void irecv(MemorySegment segment, long matchInfo, long matchMask, Request request) {
    enterAlive();
    try {
      EndpointRequest known = receivable(request, matchInfo, matchMask);
      known.segments.set(segment, true);
      sending.receive(known, matchInfo, matchMask);
    } finally {
      gate.exit();
    }
  }

  private EndpointRequest receivable(Request request, long matchInfo, long matchMask) {
    EndpointRequest known = own(request);
    known.checkFree();
    checkMask(matchInfo, matchMask);
    return known;
  }

  private static void checkMask(long matchInfo, long matchMask) {
    if ((matchInfo & ~matchMask) != 0) {
      throw new MxException(
          ReturnCode.BAD_MATCH_MASK,
          "match info %#x has bits outside the mask %#x".formatted(matchInfo, matchMask));
    }
  }

  @Override
  public boolean test(Request request, Status status) {
    enter();
    try {
      EndpointRequest known = ownStarted(request);
      if (!known.done()) {
        var _ = waiting.pass();
      }
      return engine.outcomes.take(known, status);
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean await(Request request, Duration timeout, Status status) {
    long limitNs = timeoutNs(timeout);
    enter();
    try {
      return waiting.await(ownStarted(request), limitNs, status);
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean testAny(long matchInfo, long matchMask, Status status) {
    checkMask(matchInfo, matchMask);
    enter();
    try {
      return engine.outcomes.takeAny(matchInfo, matchMask, status)
          || (waiting.pass() && engine.outcomes.takeAny(matchInfo, matchMask, status));
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
    long limitNs = timeoutNs(timeout);
    checkMask(matchInfo, matchMask);
    enter();
    try {
      return waiting.awaitAny(matchInfo, matchMask, limitNs, status);
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean cancel(Request request) {
    enterAlive();
    try {
      EndpointRequest known = ownStarted(request);
      boolean cancelled =
          switch (known.kind) {
            case SEND ->
                throw new MxException(
                    ReturnCode.CANCEL_NOT_SUPPORTED, "a send cannot be taken back");
            case RECEIVE -> known.started() && engine.matching.cancel(known);
            case CONNECT -> known.started() && engine.connector.cancel(known);
          };
      if (cancelled) {
        known.abandon();
      }
      return cancelled;
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean progress() {
    enter();
    try {
      return waiting.pass();
    } finally {
      gate.exit();
    }
  }

  @Override
  public void wakeUp() {
    waiting.wakeUp();
  }

  @Override
  public MemorySegment allocate(long bytes) {
    enterAlive();
    gate.exit(); // The driver takes its time, and the allocator has its own lock.
    return engine.registered.allocate(bytes);
  }

  @Override
  public void free(MemorySegment memory) {
    enterAlive();
    gate.exit();
    engine.registered.free(memory);
  }

  @Override
  public EndpointCounters counters() {
    enter();
    try {
      return engine.counters();
    } finally {
      gate.exit();
    }
  }

  @Override
  public void close() {
    var _ = close(engine.options.linger());
  }

  @Override
  public CloseReport close(Duration linger) {
    waiting.wakeUp(); // Whoever waits inside is to leave.
    gate.enterWhenFree();
    CloseReport report;
    try {
      while (closing && closed == null) {
        gate.awaitChange(CLOSE_LOOK_NS); // Another thread closes a shared endpoint.
      }
      report = closed;
      if (report != null) {
        return report;
      }
      closing = true;
      report = shut(linger);
      closed = report;
      gate.signalChange();
    } finally {
      gate.exit();
    }
    waiting.wakeUp();
    release();
    return report;
  }

  private void release() {
    if (background != null) {
      driver.removeBackgroundWork(background);
    }
    try {
      driver.await(engine.port.close());
    } catch (MxException e) {
      if (!engine.port.detached()) {
        throw e;
      }
    }
  }

  private CloseReport shut(Duration linger) {
    engine.look();
    if (!engine.gone()) {
      engine.disarm();
      engine.acknowledgeAll();
      if (!linger.isZero()) {
        var _ = waiting.awaitSettled(timeoutNs(linger));
      } else {
        var _ = engine.pass();
      }
    }
    var report = new CloseReport(engine.sender.promisedCount(), engine.sender.promisedBytes());
    engine.shut();
    return report;
  }

  @Override
  public String toString() {
    return "endpoint %d of %s".formatted(id(), board.hostname());
  }
}
