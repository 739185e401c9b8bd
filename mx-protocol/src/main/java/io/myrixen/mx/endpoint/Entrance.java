package io.myrixen.mx.endpoint;

import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import java.time.Duration;

/** What every call does before and after its work: judges its arguments, and passes the gate. */
final class Entrance {

  private final Board board;
  private final Engine engine;
  private final Gate gate;
  private final Waiting waiting;
  private final Calls calls;

  /** Whether nothing new may be begun. Guarded by the gate. */
  private boolean closing;

  Entrance(Board board, Engine engine, Gate gate, Waiting waiting, Calls calls) {
    this.board = board;
    this.engine = engine;
    this.gate = gate;
    this.waiting = waiting;
    this.calls = calls;
  }

  /**
   * Enters to look at what there is, on a closed endpoint too.
   *
   * @return the wake-ups that do not concern this call, since they came before it
   */
  int enter() {
    int wakeUps = waiting.wakeUps();
    gate.enter();
    calls.add();
    if (!waiting.sleeping() && !engine.gone()) {
      engine.disarm();
    }
    engine.look();
    return wakeUps;
  }

  /**
   * Enters to begin something.
   *
   * @return as {@link #enter}
   */
  int enterAlive() {
    int wakeUps = enter();
    if (closing) {
      exit();
      throw new MxException(
          ReturnCode.BAD_ENDPOINT,
          "endpoint %d has been closed".formatted(engine.port.endpointId()));
    }
    if (engine.gone()) {
      var _ = waiting.pass(); // Ends what is pending.
      exit();
      throw new MxException(
          ReturnCode.NIC_DEAD,
          "the device of %s has gone: close endpoint %d and open another"
              .formatted(board.hostname(), engine.port.endpointId()));
    }
    return wakeUps;
  }

  /**
   * Enters to begin something that asks the driver and waits for it, and leaves the gate.
   *
   * @return as {@link #enter}
   */
  int passAlive() {
    int wakeUps = enterAlive();
    exit();
    if (gate.lent()) {
      throw new MxException(
          ReturnCode.BUSY, "the driver cannot be asked inside the unexpected handler");
    }
    return wakeUps;
  }

  /** Leaves, and tells threads that wait what the call has ended. */
  void exit() {
    waiting.tellOthers();
    gate.exit();
  }

  /** From now on nothing new is begun. Inside the gate. Returns whether it was so already. */
  boolean shut() {
    boolean already = closing;
    closing = true;
    return already;
  }

  EndpointRequest own(Request request) {
    if (request instanceof EndpointRequest known && known.engine == engine) {
      return known;
    }
    throw new MxException(ReturnCode.BAD_REQUEST, "not a request of this endpoint: " + request);
  }

  /** A request that is to be started. */
  EndpointRequest ownFree(Request request) {
    EndpointRequest known = own(request);
    known.checkFree();
    return known;
  }

  /** A request whose outcome somebody may want. */
  EndpointRequest ownStarted(Request request) {
    EndpointRequest known = own(request);
    if (!known.pending()) {
      throw new MxException(ReturnCode.BAD_REQUEST, "the request has not been started");
    }
    if (known.forgotten()) {
      throw new MxException(ReturnCode.BAD_REQUEST, "the request has been forgotten");
    }
    return known;
  }

  static void checkMask(long matchInfo, long matchMask) {
    if ((matchInfo & ~matchMask) != 0) {
      throw new MxException(
          ReturnCode.BAD_MATCH_MASK,
          "match info %#x has bits outside the mask %#x".formatted(matchInfo, matchMask));
    }
  }

  /** What a caller's time-out means: zero is without limit. */
  static long limitNs(Duration timeout) {
    if (timeout.isNegative()) {
      throw new MxException(ReturnCode.BAD_PARAM_VAL, "time-out is negative: " + timeout);
    }
    return timeout.isZero() || timeout.compareTo(Duration.ofDays(365)) > 0
        ? Timers.NEVER_NS
        : timeout.toNanos();
  }
}
