package io.myrixen.mx.endpoint;

import org.jspecify.annotations.Nullable;

/** A queue of outgoing messages, linked through themselves. */
final class OutgoingQueue {

  private @Nullable Outgoing first;
  private @Nullable Outgoing last;

  boolean isEmpty() {
    return first == null;
  }

  @Nullable Outgoing first() {
    return first;
  }

  void add(Outgoing message) {
    message.next = null;
    message.previous = last;
    if (last == null) {
      first = message;
    } else {
      last.next = message;
    }
    last = message;
  }

  void remove(Outgoing message) {
    Outgoing before = message.previous;
    Outgoing after = message.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    message.next = null;
    message.previous = null;
  }

  /** Takes the oldest out. */
  @Nullable Outgoing poll() {
    Outgoing message = first;
    if (message != null) {
      remove(message);
    }
    return message;
  }
}
