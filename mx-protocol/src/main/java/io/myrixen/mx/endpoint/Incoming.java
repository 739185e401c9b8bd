package io.myrixen.mx.endpoint;

import io.myrixen.mx.match.MatchNode;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A message that has begun to arrive and cannot be finished at once: unexpected, early, in
 * fragments, or sent by the endpoint to itself. Pooled.
 */
final class Incoming extends MatchNode {

  /** Kind of a message to oneself; no packet type of MXoE has this number. */
  static final int SELF = 0;

  private static final int FRAGMENT_BYTES = WindowLayout.SEND_SLOT_BYTES;

  /** Link in the list of its partner's partial or early messages. */
  @Nullable Incoming next;

  /** Null only while it lies in the pool. */
  @Nullable Partner partner;

  /** The receive it has been matched with. */
  @Nullable EndpointRequest request;

  /** Of a message to oneself, the sender's side. */
  @Nullable Outgoing self;

  /** Where its payload is kept until a receive wants it; of a rendezvous, nothing. */
  @Nullable MemorySegment memory;

  /** Which pool {@link #memory} goes back to. */
  int sizeClass;

  int kind;
  int sequence;
  long lengthBytes;

  /** Bit i: fragment i has arrived. */
  int fragments;

  /** Whether it arrived before one that precedes it. */
  boolean early;

  /** Of a rendezvous: the sender's window. */
  int windowId;

  int windowGeneration;

  /** Whether all of its payload that travels eagerly is here. */
  boolean whole() {
    return kind != Kind.MEDIUM || fragments == (1 << fragmentCount()) - 1;
  }

  int fragmentCount() {
    return (int) ((lengthBytes + FRAGMENT_BYTES - 1) / FRAGMENT_BYTES);
  }

  /** Length that fragment {@code index} must have, 0 if there is no such fragment. */
  static int fragmentBytes(long messageBytes, int index) {
    long rest = messageBytes - (long) index * FRAGMENT_BYTES;
    return Math.clamp(rest, 0, FRAGMENT_BYTES);
  }

  void clear() {
    next = null;
    partner = null;
    request = null;
    self = null;
    memory = null;
    fragments = 0;
    early = false;
  }
}
