package io.myrixen.mx.endpoint;

import io.myrixen.mx.memory.SegmentList;
import io.myrixen.mx.memory.StagedSource;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import org.jspecify.annotations.Nullable;

/**
 * A message or notify on its way out, from the call until it needs no resending any more: longer
 * than its request, which may end early. Pooled; stands in one queue at a time.
 *
 * <pre>
 *   waiting --transmitted--&gt; in flight --acknowledged--&gt; gone
 *                                  \---(rendezvous)--&gt; awaiting its NOTIFY ---&gt; gone
 * </pre>
 */
final class Outgoing {

  /** Send slots of the longest medium message. */
  private static final int MAX_SLOTS = WindowLayout.MEDIUM_BYTES / WindowLayout.SEND_SLOT_BYTES;

  final SegmentList segments = new SegmentList();
  final int[] slots = new int[MAX_SLOTS];

  @Nullable Outgoing next;
  @Nullable Outgoing previous;

  /** Null only while it lies in the pool. */
  @Nullable Partner partner;

  /** Who is told of its end; null once told, or if nobody asked. */
  @Nullable EndpointRequest request;

  int kind;
  int sequence;
  long matchInfo;

  /** Bytes of the message; of a notify, bytes taken. */
  long lengthBytes;

  /** Whether it holds what it needs besides commands and a sequence number. */
  boolean prepared;

  /** Whether its request was called complete without an acknowledgement. */
  boolean zombie;

  /** Whether the application counts on it: its request was called complete, or it has none. */
  boolean promised;

  /** Whether it is to be sent again. */
  boolean resend;

  /** Over a wire: when it was last transmitted. */
  long sentNs;

  /** Over a wire: how often it was. */
  int transmissions;

  /** Over a wire: whether the congestion window counts it. */
  boolean outstanding;

  boolean acknowledged;

  /** A rendezvous whose NOTIFY has come. */
  boolean notified;

  /** Retained copy of a tiny or small payload, or -1. */
  int cell = -1;

  /** Send slots held by a medium message. */
  int slotCount;

  /** A rendezvous' own window, a notify's remote one. */
  int windowId = -1;

  int windowGeneration;

  /** Staging ring of a rendezvous, or -1. */
  int ring = -1;

  private @Nullable StagedSource source;

  /** Whether its payload travels with it. */
  boolean eager() {
    return kind != Kind.RNDV && kind != Kind.NOTIFY;
  }

  StagedSource source() {
    if (source == null) {
      source = new StagedSource(segments);
    }
    return source;
  }

  /** Forgets everything but its reusable parts. */
  void clear() {
    segments.clear();
    next = null;
    previous = null;
    partner = null;
    request = null;
    prepared = false;
    zombie = false;
    promised = false;
    resend = false;
    transmissions = 0;
    outstanding = false;
    acknowledged = false;
    notified = false;
    cell = -1;
    slotCount = 0;
    windowId = -1;
    ring = -1;
  }
}
