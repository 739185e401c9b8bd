package io.myrixen.mx.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A question about an endpoint, and its answer. Asked by the driver's thread; answered by whichever
 * thread is inside the gate, where it has time: no message waits for the look at {@link #open}.
 */
final class Inquiry {

  private final Engine engine;
  private volatile boolean open;
  private volatile @Nullable String answer;

  Inquiry(Engine engine) {
    this.engine = engine;
  }

  /** Opens it, and drops an answer that nobody took. */
  void ask() {
    answer = null;
    open = true;
  }

  /** Whether somebody waits for an answer. */
  boolean open() {
    return open;
  }

  /** Inside the gate: answers, if somebody asks. */
  void answer(Wait wait) {
    if (open) {
      open = false;
      answer = new Description(engine).of(wait);
    }
  }

  /** Takes the answer, if there is one. */
  @Nullable String take() {
    String taken = answer;
    if (taken != null) {
      answer = null;
    }
    return taken;
  }
}
