package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Puts what arrives from a partner into the order of its numbers: next, early, part of something
 * begun, or had before. What it acknowledges, and what a NOTIFY says, counts at once.
 */
final class Ordering {

  private final Engine engine;

  Ordering(Engine engine) {
    this.engine = engine;
  }

  /** Takes a judged event whose {@code byteCount} payload bytes lie in {@code source}. */
  void arrived(Descriptor event, MemorySegment source, long offset, int byteCount) {
    Partner partner = engine.partners.find(event.nicId, event.endpoint);
    if (partner == null || partner.death != null || partner.self) {
      engine.counts.strangers++; // It has to connect first.
      if (partner != null && partner.death != null) {
        engine.deaths.refuse(event); // Or it would wait for us as long as our NIC lives.
      }
      return;
    }
    boolean ofThisState =
        Sequence.sameEra(event.sequence, partner.nextMatch)
            && (!partner.connected || Sequence.sameEra(event.ack, partner.nextSend));
    if (!ofThisState) {
      engine.counts.staleEras++;
      return;
    }
    WireFlow flow = partner.flow;
    if (flow != null) {
      flow.arrived(engine.nowNs - partner.silence.sinceNs);
      partner.silence.end(engine.nowNs);
    }
    engine.acks.take(partner, event.ack);
    int ahead = Sequence.distance(partner.nextMatch, event.sequence);
    if (ahead == 0) {
      if (next(partner, event, source, offset, byteCount)) {
        admitEarly(partner);
      }
    } else if (ahead > 0) {
      early(partner, event, source, offset, byteCount, ahead);
    } else {
      late(partner, event, source, offset, byteCount);
    }
    if (flow != null && ahead < Partner.WINDOW && isBehindGap(partner, event.sequence)) {
      engine.acks.tellGap(partner, flow);
    }
  }

  private static boolean isBehindGap(Partner partner, int sequence) {
    return Sequence.distance(partner.nextComplete, sequence) > 0;
  }

  private boolean next(
      Partner partner, Descriptor event, MemorySegment source, long offset, int byteCount) {
    if (event.kind == Kind.NOTIFY) {
      engine.larges.notified(partner, event);
    } else if (!engine.matching.arrived(partner, event, source, offset, byteCount)) {
      return false;
    }
    engine.counts.received(event.kind);
    advance(partner, event.kind, event.lengthBytes());
    return true;
  }

  private void advance(Partner partner, int kind, long lengthBytes) {
    int number = partner.nextMatch;
    partner.nextMatch = Sequence.next(number);
    completeUpTo(partner);
    Incoming partial = partner.partial;
    if (partial == null || !beginsWith(partial, number)) {
      engine.acks.owe(partner, kind == Kind.RNDV || kind == Kind.NOTIFY ? 0 : lengthBytes);
    }
  }

  /** Whether the message of that {@code number} is among the partial ones: the last, if it is. */
  private static boolean beginsWith(Incoming partials, int number) {
    Incoming last = partials;
    while (last.next != null) {
      last = last.next;
    }
    return last.sequence == number;
  }

  private static void completeUpTo(Partner partner) {
    Incoming partial = partner.partial;
    partner.nextComplete = partial == null ? partner.nextMatch : partial.sequence;
  }

  private void admitEarly(Partner partner) {
    Incoming message = partner.early;
    boolean any = false;
    while (message != null && message.sequence == partner.nextMatch) {
      partner.early = message.next;
      message.next = null;
      int kind = message.kind;
      long length = message.lengthBytes;
      engine.counts.received(kind);
      engine.matching.admit(partner, message);
      advance(partner, kind, length);
      message = partner.early;
      any = true;
    }
    if (any) {
      engine.acks.oweNow(partner); // The sender may be about to send all of this again.
    }
  }

  private void early(
      Partner partner,
      Descriptor event,
      MemorySegment source,
      long offset,
      int byteCount,
      int ahead) {
    if (ahead >= Partner.WINDOW) {
      engine.counts.beyondWindow++; // Nobody who keeps to the window is that far ahead.
      return;
    }
    Incoming before = null;
    Incoming at = partner.early;
    while (at != null && Sequence.distance(at.sequence, event.sequence) > 0) {
      before = at;
      at = at.next;
    }
    if (at != null && at.sequence == event.sequence) {
      again(at, event, source, offset, byteCount);
      return;
    }
    Incoming kept = engine.matching.arrivedEarly(partner, event, source, offset, byteCount);
    if (kept == null) {
      return;
    }
    engine.counts.early++;
    insert(partner, before, kept, at);
    if (event.kind == Kind.NOTIFY) {
      engine.larges.notified(partner, event);
    }
  }

  private void again(
      Incoming kept, Descriptor event, MemorySegment source, long offset, int byteCount) {
    boolean news =
        kept.kind == Kind.MEDIUM
            && sameMessage(kept, event)
            && engine.matching.fragment(kept, event, source, offset, byteCount);
    if (!news) {
      engine.counts.duplicates++;
    }
  }

  private void insert(
      Partner partner, @Nullable Incoming before, Incoming kept, @Nullable Incoming after) {
    engine.resends.awaits(partner);
    kept.next = after;
    if (before == null) {
      partner.early = kept;
    } else {
      before.next = kept;
    }
  }

  private void late(
      Partner partner, Descriptor event, MemorySegment source, long offset, int byteCount) {
    Incoming partial = partner.partial;
    while (partial != null && partial.sequence != event.sequence) {
      partial = partial.next;
    }
    if (partial != null
        && sameMessage(partial, event)
        && engine.matching.fragment(partial, event, source, offset, byteCount)) {
      if (partial.whole()) {
        complete(partner, partial);
      }
      return;
    }
    engine.counts.duplicates++;
    if (event.sequence == Sequence.previous(partner.nextComplete)) {
      engine.acks.oweNow(partner); // Our last acknowledgement was lost, or this is a probe.
    } else if (partial == null) {
      engine.acks.oweLater(
          partner); // So was an earlier one. A flood is answered 64 times a second.
    }
  }

  private void complete(Partner partner, Incoming partial) {
    long lengthBytes = partial.lengthBytes;
    int number = partial.sequence;
    engine.matching.completed(partner, partial);
    completeUpTo(partner);
    if (Sequence.distance(number, partner.nextComplete) > 1) {
      engine.acks.oweNow(partner); // It held up the acknowledgement of those behind it.
    } else {
      engine.acks.owe(partner, lengthBytes);
    }
  }

  private static boolean sameMessage(Incoming begun, Descriptor event) {
    return event.kind == begun.kind
        && event.lengthBytes() == begun.lengthBytes
        && (event.kind != Kind.MEDIUM || event.fragmentUnit() == begun.unitBytes);
  }
}
