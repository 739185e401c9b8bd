package io.myrixen.mx.endpoint;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.ErrorHandler;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.Peer;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls: each judges its arguments, enters, does its work by the parts, and leaves. */
final class LibraryEndpoint implements Endpoint {

  /** No board has that name. */
  private static final long NOBODY = -1;

  private final BoardDriver driver;
  private final Board board;
  private final Engine engine;
  private final Gate gate;
  private final Waiting waiting;
  private final Connecting connecting;
  private final Sending sending;
  private final Entrance entrance;
  private final @Nullable Background background;
  private final Closing closing;
  private final Supplier<ErrorHandler> errorHandler;

  LibraryEndpoint(
      BoardDriver driver, Board board, Engine engine, Consumer<? super Endpoint> closed) {
    this.driver = driver;
    this.board = board;
    this.engine = engine;
    gate = new Gate(engine.options.shared());
    waiting = new Waiting(engine, gate);
    connecting = new Connecting(engine, waiting);
    sending = new Sending(engine, waiting);
    var calls = new Calls();
    entrance = new Entrance(board, engine, gate, waiting, calls);
    background =
        engine.options.backgroundProgress() ? new Background(engine, gate, waiting, calls) : null;
    closing =
        new Closing(driver, engine, gate, waiting, entrance, background, () -> closed.accept(this));
    ErrorHandler own = engine.options.errorHandler();
    errorHandler = own == null ? Mx::errorHandler : () -> own;
  }

  /** Can be looked into, and begins to progress in the background, if that is wanted. */
  LibraryEndpoint begin() {
    engine.port.inspectedBy(new Inspector(engine, gate, waiting));
    if (background != null) {
      driver.addBackgroundWork(background);
    }
    return this;
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
    long limitNs = Entrance.limitNs(timeout);
    int wakeUps = entrance.enterAlive();
    try {
      return connecting.connect(nicId, endpointId, key, limitNs, wakeUps);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public EndpointAddress connectWhenOpen(long nicId, int endpointId, int key, Duration timeout) {
    long limitNs = Entrance.limitNs(timeout);
    int wakeUps = entrance.enterAlive();
    try {
      return connecting.connectWhenOpen(nicId, endpointId, key, limitNs, wakeUps);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public EndpointAddress connectWhenOpen(
      String hostname, int endpointId, int key, Duration timeout) {
    long limitNs = Entrance.limitNs(timeout);
    String complete = hostname.indexOf(':') < 0 ? hostname + ":0" : hostname;
    int wakeUps = entrance.passAlive();
    long deadlineNs = driver.clock().nanoTime() + limitNs;
    long pauseNs = Connecting.firstPauseNs();
    while (true) {
      long nicId = lookUp(complete);
      entrance.enterAlive();
      try {
        long remainingNs = deadlineNs - engine.nowNs;
        if (nicId != NOBODY) {
          long limit = Math.max(1, remainingNs);
          return connecting.connectWhenOpen(nicId, endpointId, key, limit, wakeUps);
        }
        if (remainingNs <= 0 || !connecting.pause(Math.min(pauseNs, remainingNs), wakeUps)) {
          throw new MxException(ReturnCode.TIMEOUT, "no board is named " + complete);
        }
      } finally {
        entrance.exit();
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
    entrance.enterAlive();
    try {
      EndpointRequest known = entrance.ownFree(request);
      connecting.start(known, nicId, endpointId, key, matchInfo);
    } finally {
      entrance.exit();
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
    entrance.enterAlive();
    try {
      EndpointRequest known = request == null ? null : entrance.own(request);
      sending.send(segments, destination, matchInfo, known, synchronous);
    } finally {
      entrance.exit();
    }
  }

  private void send(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request,
      boolean synchronous) {
    entrance.enterAlive();
    try {
      EndpointRequest known = request == null ? null : entrance.own(request);
      sending.send(segment, destination, matchInfo, known, synchronous);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void irecv(List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
    entrance.enterAlive();
    try {
      EndpointRequest known = receivable(request, matchInfo, matchMask);
      known.segments.set(segments, true);
      sending.receive(known, matchInfo, matchMask);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void irecv(MemorySegment segment, long matchInfo, long matchMask, Request request) {
    entrance.enterAlive();
    try {
      EndpointRequest known = receivable(request, matchInfo, matchMask);
      known.segments.set(segment, true);
      sending.receive(known, matchInfo, matchMask);
    } finally {
      entrance.exit();
    }
  }

  private EndpointRequest receivable(Request request, long matchInfo, long matchMask) {
    EndpointRequest known = entrance.ownFree(request);
    Entrance.checkMask(matchInfo, matchMask);
    if (!engine.options.contextIds().namedBy(matchMask)) {
      throw new MxException(
          ReturnCode.BAD_MATCHING_FOR_CONTEXT_ID_MASK,
          "match mask %#x leaves bits of the context id %#x open"
              .formatted(matchMask, engine.options.contextIds().mask()));
    }
    return known;
  }

  @Override
  public boolean test(Request request, Status status) {
    boolean taken;
    entrance.enter();
    try {
      EndpointRequest known = entrance.ownStarted(request);
      if (!known.done()) {
        var _ = waiting.pass();
      }
      taken = engine.outcomes.take(known, status);
    } finally {
      entrance.exit();
    }
    return reported(taken, status);
  }

  /** Tells the error handler of an outcome that was taken and is no success; outside the gate. */
  private boolean reported(boolean taken, Status status) {
    StatusCode code = status.code();
    if (taken && code != StatusCode.SUCCESS && code != StatusCode.CANCELLED) {
      String message = "%s: a request ended with %s".formatted(this, status);
      status.code(errorHandler.get().onError(this, code, message));
    }
    return taken;
  }

  @Override
  public boolean await(Request request, Duration timeout, Status status) {
    long limitNs = Entrance.limitNs(timeout);
    boolean taken;
    int wakeUps = entrance.enter();
    try {
      taken = waiting.await(entrance.ownStarted(request), limitNs, wakeUps, status);
    } finally {
      entrance.exit();
    }
    return reported(taken, status);
  }

  @Override
  public boolean testAny(long matchInfo, long matchMask, Status status) {
    Entrance.checkMask(matchInfo, matchMask);
    boolean taken;
    entrance.enter();
    try {
      taken =
          engine.outcomes.takeAny(matchInfo, matchMask, status)
              || (waiting.pass() && engine.outcomes.takeAny(matchInfo, matchMask, status));
    } finally {
      entrance.exit();
    }
    return reported(taken, status);
  }

  @Override
  public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
    long limitNs = Entrance.limitNs(timeout);
    Entrance.checkMask(matchInfo, matchMask);
    boolean taken;
    int wakeUps = entrance.enter();
    try {
      taken = waiting.awaitAny(matchInfo, matchMask, limitNs, wakeUps, status);
    } finally {
      entrance.exit();
    }
    return reported(taken, status);
  }

  @Override
  public @Nullable Request ipeek() {
    entrance.enter();
    try {
      EndpointRequest ended = engine.outcomes.oldest();
      return ended == null && waiting.pass() ? engine.outcomes.oldest() : ended;
    } finally {
      entrance.exit();
    }
  }

  @Override
  public @Nullable Request peek(Duration timeout) {
    long limitNs = Entrance.limitNs(timeout);
    int wakeUps = entrance.enter();
    try {
      return waiting.awaitEnded(limitNs, wakeUps) ? engine.outcomes.oldest() : null;
    } finally {
      entrance.exit();
    }
  }

  @Override
  public boolean iprobe(long matchInfo, long matchMask, Status status) {
    Entrance.checkMask(matchInfo, matchMask);
    entrance.enter();
    try {
      return engine.matching.probe(matchInfo, matchMask, status)
          || (waiting.pass() && engine.matching.probe(matchInfo, matchMask, status));
    } finally {
      entrance.exit();
    }
  }

  @Override
  public boolean probe(long matchInfo, long matchMask, Duration timeout, Status status) {
    long limitNs = Entrance.limitNs(timeout);
    Entrance.checkMask(matchInfo, matchMask);
    int wakeUps = entrance.enter();
    try {
      return waiting.awaitMessage(matchInfo, matchMask, limitNs, wakeUps, status);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public boolean ibuffered(Request request) {
    entrance.enter();
    try {
      EndpointRequest known = entrance.ownStarted(request);
      if (!Sending.buffered(known)) {
        var _ = waiting.pass();
      }
      return Sending.buffered(known);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void forget(Request request) {
    entrance.enter();
    try {
      engine.outcomes.forget(entrance.ownStarted(request));
    } finally {
      entrance.exit();
    }
  }

  @Override
  public boolean cancel(Request request) {
    entrance.enter();
    try {
      EndpointRequest known = entrance.ownStarted(request);
      boolean cancelled = engine.withdraw(known);
      if (cancelled) {
        known.abandon();
      }
      return cancelled;
    } finally {
      entrance.exit();
    }
  }

  @Override
  public boolean cancelNotest(Request request) {
    entrance.enter();
    try {
      EndpointRequest known = entrance.ownStarted(request);
      boolean cancelled = engine.withdraw(known);
      if (cancelled) {
        engine.outcomes.end(known, StatusCode.CANCELLED, 0, 0);
      }
      return cancelled;
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void requestTimeout(Request request, Duration timeout) {
    long limitNs = Entrance.limitNs(timeout);
    entrance.enter();
    try {
      engine.deadlines.limit(entrance.ownStarted(request), limitNs);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void requestTimeout(Duration timeout) {
    long limitNs = Entrance.limitNs(timeout);
    entrance.enterAlive();
    try {
      engine.liveness.giveUpAfter(limitNs);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void disconnect(EndpointAddress address) {
    entrance.enterAlive();
    try {
      engine.deaths.disconnect(sending.own(address));
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
    entrance.enterAlive();
    try {
      engine.handling.handler(handler == null ? null : new LentHandler(handler, gate));
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void disableProgression() {
    entrance.enterAlive();
    try {
      waiting.disableProgression(true);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void reenableProgression() {
    entrance.enter();
    try {
      waiting.disableProgression(false);
    } finally {
      entrance.exit();
    }
  }

  @Override
  public boolean progress() {
    entrance.enter();
    try {
      return waiting.pass();
    } finally {
      entrance.exit();
    }
  }

  @Override
  public void wakeUp() {
    waiting.wakeUp();
  }

  @Override
  public MemorySegment allocate(long bytes) {
    entrance.passAlive(); // The driver takes its time, and the allocator has its own lock.
    return engine.registered.allocate(bytes);
  }

  @Override
  public void free(MemorySegment memory) {
    entrance.passAlive();
    engine.registered.free(memory);
  }

  @Override
  public EndpointCounters counters() {
    return engine.counters();
  }

  @Override
  public void close() {
    var _ = close(engine.options.linger());
  }

  @Override
  public CloseReport close(Duration linger) {
    return closing.close(linger.isZero() ? 0 : Entrance.limitNs(linger));
  }

  @Override
  public String toString() {
    return "endpoint %d of %s".formatted(id(), board.hostname());
  }
}
