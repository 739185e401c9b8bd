package io.myrixen.mx.endpoint;

import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.EndpointPort;

/**
 * Progress while the application is away: by the driver's thread, which goes in only if nobody is
 * inside and nobody has been for a tick. It tells the NIC to wake it before it leaves; the
 * application's next call takes that back.
 */
final class Background implements BackgroundWork {

  /**
   * 10 ms: shorter than any time-out of a peer's, and so long that an application which calls at
   * all is never disturbed.
   */
  private static final long TICK_NS = 10_000_000L;

  /**
   * 50 ms: how soon it comes by to see whether the application has called and left again. The NIC
   * wakes it for everything else.
   */
  private static final long ARMED_TICK_NS = 50_000_000L;

  /** Passes in a row, so that an application that comes back does not wait long. */
  private static final int PASSES = 16;

  private final Engine engine;
  private final Gate gate;
  private final Waiting waiting;
  private final Calls calls;
  private long callsSeen = -1;
  private long callsSeenAtNs;

  Background(Engine engine, Gate gate, Waiting waiting, Calls calls) {
    this.engine = engine;
    this.gate = gate;
    this.waiting = waiting;
    this.calls = calls;
  }

  @Override
  public EndpointPort port() {
    return engine.port;
  }

  @Override
  public long doWork(long nowNs) {
    long count = calls.count();
    if (count != callsSeen) {
      callsSeen = count;
      callsSeenAtNs = nowNs;
    }
    long quietNs = nowNs - callsSeenAtNs;
    if (quietNs < TICK_NS) {
      return TICK_NS - quietNs;
    }
    if (!gate.tryEnterAgent()) {
      return TICK_NS;
    }
    try {
      engine.inquiry.answer(waiting.sleeping() ? waiting.current() : Wait.AWAY);
      return waiting.sleeping() ? TICK_NS : progress();
    } finally {
      gate.exitAgent();
    }
  }

  private long progress() {
    if (engine.gone()) {
      var _ = engine.pass();
      return ARMED_TICK_NS;
    }
    if (engine.handling.disabled()) {
      return TICK_NS;
    }
    for (int i = 0; i < PASSES; i++) {
      if (!engine.pass()) {
        engine.arm();
        if (!engine.pass()) { // The look again.
          return Math.min(ARMED_TICK_NS, engine.timers.remainingNs(engine.nowNs));
        }
      }
    }
    return 0;
  }
}
