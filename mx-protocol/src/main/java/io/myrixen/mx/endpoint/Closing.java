package io.myrixen.mx.endpoint;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BoardDriver;
import org.jspecify.annotations.Nullable;

/** How an endpoint is closed: once, by whichever thread comes first; others get its report. */
final class Closing {

  /** 10 ms between looks whether another thread has finished closing; it signals as well. */
  private static final long LOOK_NS = 10_000_000L;

  private final BoardDriver driver;
  private final Engine engine;
  private final Gate gate;
  private final Waiting waiting;
  private final Entrance entrance;
  private final @Nullable Background background;
  private final Runnable closed;
  private @Nullable CloseReport report;

  Closing(
      BoardDriver driver,
      Engine engine,
      Gate gate,
      Waiting waiting,
      Entrance entrance,
      @Nullable Background background,
      Runnable closed) {
    this.driver = driver;
    this.engine = engine;
    this.gate = gate;
    this.waiting = waiting;
    this.entrance = entrance;
    this.background = background;
    this.closed = closed;
  }

  /** Waits at most {@code lingerNs} for what is not acknowledged, 0 not at all. */
  CloseReport close(long lingerNs) {
    if (gate.lent()) {
      throw new MxException(
          ReturnCode.CLOSE_IN_HANDLER, "endpoint %d".formatted(engine.port.endpointId()));
    }
    waiting.wakeUp(); // Whoever waits inside is to leave.
    gate.enterWhenFree();
    CloseReport made;
    try {
      if (entrance.shut()) {
        return awaitOther();
      }
      made = shut(lingerNs);
      report = made;
      gate.signalChange();
    } finally {
      gate.exit();
    }
    waiting.wakeUp();
    try {
      release();
    } finally {
      closed.run();
    }
    return made;
  }

  private CloseReport awaitOther() {
    CloseReport made = report;
    while (made == null) {
      gate.awaitChange(LOOK_NS); // Another thread closes a shared endpoint.
      made = report;
    }
    return made;
  }

  private CloseReport shut(long lingerNs) {
    engine.look();
    engine.handling.handler(null);
    engine.handling.disabled(false);
    if (!engine.gone()) {
      engine.disarm();
      engine.acknowledgeAll();
      if (lingerNs > 0) {
        var _ = waiting.awaitSettled(lingerNs);
      } else {
        var _ = engine.pass();
      }
    }
    var made = new CloseReport(engine.sender.promisedCount(), engine.sender.promisedBytes());
    engine.shut();
    return made;
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
}
