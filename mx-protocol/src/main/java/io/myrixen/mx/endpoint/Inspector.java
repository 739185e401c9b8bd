package io.myrixen.mx.endpoint;

import io.myrixen.mx.board.EndpointInspection;
import org.jspecify.annotations.Nullable;

/**
 * Has an endpoint described: by a look inside if nobody is there, else by the thread that is there,
 * as soon as it has nothing else to do. A thread that sleeps inside is woken for it, and sleeps on.
 */
final class Inspector implements EndpointInspection {

  private final Engine engine;
  private final Gate gate;
  private final Waiting waiting;

  Inspector(Engine engine, Gate gate, Waiting waiting) {
    this.engine = engine;
    this.gate = gate;
    this.waiting = waiting;
  }

  @Override
  public void ask() {
    engine.inquiry.ask();
    engine.port.wakeUp();
  }

  @Override
  public @Nullable String poll() {
    if (engine.inquiry.open() && gate.tryEnterAgent()) {
      try {
        engine.inquiry.answer(waiting.sleeping() ? waiting.current() : Wait.AWAY);
      } finally {
        gate.exitAgent();
      }
    }
    return engine.inquiry.take();
  }
}
