package io.myrixen.mx.endpoint;

import io.myrixen.mx.match.MatchNode;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A message that has begun to arrive and cannot be finished at once: unexpected, early, in
 * fragments, or sent by the endpoint to itself. Pooled.
 */
final class Incoming extends MatchNode {

  /** Kind of a message to oneself; no packet type of MXoE has this number. */
  static final int SELF = 0;

  /** More fragments would not fit into {@link #fragments}; a unit of 512 bytes makes as many. */
  static final int MAX_FRAGMENTS = Long.SIZE;

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

  /** Of a medium message: length of every fragment but the last. */
  int unitBytes;

  /** Bit i: fragment i has arrived. */
  long fragments;

  /** Whether it arrived before one that precedes it. */
  boolean early;

  /** Whether nobody wants it, and the rest of it is let go by. */
  boolean unwanted;

  /** Of a rendezvous: the sender's window. */
  int windowId;

  int windowGeneration;
  int windowOffset;

  /** Whether all of its payload that travels eagerly is here. */
  boolean whole() {
    return kind != Kind.MEDIUM || fragments == -1L >>> (MAX_FRAGMENTS - fragmentCount());
  }

  int fragmentCount() {
    return fragmentCount(lengthBytes, unitBytes);
  }

  /** How many fragments of {@code unitBytes} make up a message; both are positive. */
  static int fragmentCount(long messageBytes, int unitBytes) {
    return (int) ((messageBytes + unitBytes - 1) / unitBytes);
  }

  void clear() {
    next = null;
    partner = null;
    request = null;
    self = null;
    memory = null;
    fragments = 0;
    early = false;
    unwanted = false;
  }
}
