package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.WindowLayout;

/**
 * Tells whether acknowledgements of a partner lag. What else is sent to it then stays here, and is
 * only announced: the memory on both sides, and what has to be sent again, stay small.
 */
final class Lag {

  /** Twice what a partner that is not away may owe one. */
  static final long AFTER_NS = 2 * Acks.DELAY_NS;

  /** Half of what may be in flight, in eager messages. */
  private static final int MESSAGES = Partner.WINDOW / 2;

  private final Engine engine;

  /** Half of what the send slots hold. */
  private final long bytes;

  Lag(Engine engine) {
    this.engine = engine;
    bytes = (long) engine.layout.geometry().sendSlotCount() * WindowLayout.SEND_SLOT_BYTES / 2;
  }

  /**
   * Whether much is kept for {@code partner}, in flight or about to be, and nothing has been
   * acknowledged for some time. If that may be so later, it is to be asked again then.
   */
  boolean of(Partner partner) {
    long quietNs = engine.nowNs - partner.progressNs;
    if (quietNs < AFTER_NS) {
      engine.timers.note(partner.progressNs + AFTER_NS);
      return false;
    }
    return holdsMuch(partner);
  }

  /** Counted when a timer runs, so that sending has nothing to count. */
  private boolean holdsMuch(Partner partner) {
    int count = 0;
    long sum = 0;
    int sequence = partner.firstUnacked;
    while (sequence != partner.nextSend) {
      Outgoing message = partner.inFlight(sequence);
      if (message != null && message.eager()) {
        count++;
        sum += message.lengthBytes;
      }
      sequence = Sequence.next(sequence);
    }
    Outgoing waiting = partner.waiting.first();
    while (waiting != null && waiting.prepared && count < MESSAGES) {
      if (waiting.eager()) {
        count++;
        sum += waiting.lengthBytes;
      }
      waiting = waiting.next;
    }
    return count >= MESSAGES || sum >= bytes;
  }
}
