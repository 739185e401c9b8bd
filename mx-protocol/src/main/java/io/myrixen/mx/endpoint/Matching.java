package io.myrixen.mx.endpoint;

import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import io.myrixen.mx.match.MatchNode;
import io.myrixen.mx.match.PostedReceives;
import io.myrixen.mx.match.UnexpectedMessages;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages and receives together, and the bytes of eager messages to where they belong. The
 * caller offers messages in the order of their numbers.
 */
final class Matching {

  private final Engine engine;
  private final PostedReceives<EndpointRequest> posted;
  private final UnexpectedMessages<Incoming> unexpected;
  private final UnexpectedMemory memory;

  Matching(Engine engine) {
    this.engine = engine;
    posted = new PostedReceives<>(engine.options.contextIds());
    unexpected = new UnexpectedMessages<>(engine.options.contextIds());
    memory = new UnexpectedMemory(engine.options.unexpectedBytes());
  }

  PostedReceives<EndpointRequest> posted() {
    return posted;
  }

  UnexpectedMessages<Incoming> unexpected() {
    return unexpected;
  }

  /** Whether half of the memory for messages that wait is free: senders may try again. */
  boolean hasRoom() {
    return memory.usedBytes() <= engine.options.unexpectedBytes() / 2;
  }

  /** Memory that messages take until their receive comes, or those before them. */
  long unexpectedBytes() {
    return memory.usedBytes();
  }

  /** The most that it has been. */
  long unexpectedPeakBytes() {
    return memory.peakBytes();
  }

  /** Starts a receive: with a message that is here already, else posted. */
  void receive(EndpointRequest receive) {
    Incoming message = unexpected.takeMatch(receive.matchInfo(), receive.matchMask());
    if (message == null) {
      posted.add(receive);
    } else {
      bind(receive, message);
    }
  }

  /** Shows the oldest unexpected message that matches, if there is one. */
  boolean probe(long info, long mask, Status into) {
    Incoming message = unexpected.peekMatch(info, mask);
    if (message == null) {
      return false;
    }
    long length = message.lengthBytes;
    into.set(StatusCode.SUCCESS, message.partner, message.matchInfo(), length, length, null);
    return true;
  }

  /** Takes back a receive that nothing has matched. Returns whether it was so. */
  boolean cancel(EndpointRequest receive) {
    return posted.remove(receive);
  }

  /**
   * Takes the message that is next in order from {@code partner}; the bytes that came with {@code
   * event} lie in {@code source}.
   *
   * @return false if there is no memory for it: the sender will send it again
   */
  boolean arrived(
      Partner partner, Descriptor event, MemorySegment source, long offset, int byteCount) {
    EndpointRequest receive = posted.takeMatch(event.matchInfo);
    if (receive != null) {
      Outcomes.matched(receive, partner, event.matchInfo);
      deliver(receive, partner, event, source, offset, byteCount);
      return true;
    }
    Incoming message = keep(partner, event, false);
    if (message == null) {
      return false;
    }
    fragment(message, event, source, offset, byteCount);
    unexpected(partner, message);
    return true;
  }

  /** No receive waits for a message that is next in order: the handler is asked, then it waits. */
  private void unexpected(Partner partner, Incoming message) {
    engine.counts.unexpected++;
    EndpointRequest receive = null;
    if (engine.handling.wanted()) {
      Action action = offer(partner, message);
      if (partner.death != null) {
        memory.release(message); // The handler has disconnected its sender.
        return;
      }
      if (action == Action.FINISHED) {
        letGo(partner, message);
        return;
      }
      receive = posted.takeMatch(message.matchInfo());
    }
    if (!message.whole()) {
      addPartial(partner, message);
    }
    if (receive == null) {
      add(message);
    } else {
      bind(receive, message);
    }
  }

  private Action offer(Partner partner, Incoming message) {
    long length = message.lengthBytes;
    MemorySegment shown = Handling.shown(message.kind, length, message.whole(), message.memory, 0);
    return engine.handling.offer(partner, message.matchInfo(), length, shown);
  }

  /** Drops a message that the handler has taken care of, and what is still to come of it. */
  private void letGo(Partner partner, Incoming message) {
    if (message.kind == Kind.RNDV) {
      engine.pulls.decline(partner, message.windowId, message.windowGeneration);
    }
    if (message.whole()) {
      memory.release(message);
    } else {
      memory.strip(message);
      message.unwanted = true;
      addPartial(partner, message);
    }
  }

  private void add(Incoming message) {
    unexpected.add(message);
    engine.outcomes.news++;
  }

  private void deliver(
      EndpointRequest receive,
      Partner partner,
      Descriptor event,
      MemorySegment source,
      long offset,
      int byteCount) {
    long length = event.lengthBytes();
    if (event.kind == Kind.RNDV) {
      engine.pulls.begin(
          receive,
          partner,
          length,
          event.remoteWindowId(),
          event.remoteWindowGeneration(),
          event.remoteWindowOffset());
    } else if (byteCount < length) {
      Incoming message = memory.takeBare();
      describe(message, partner, event);
      message.request = receive;
      fragment(message, event, source, offset, byteCount);
      addPartial(partner, message);
    } else {
      store(receive, source, offset, 0, length);
      engine.outcomes.received(receive, length);
    }
  }

  /**
   * Keeps a message that arrived before one that precedes it.
   *
   * @return null if there is no memory for it
   */
  @Nullable Incoming arrivedEarly(
      Partner partner, Descriptor event, MemorySegment source, long offset, int byteCount) {
    Incoming message = keep(partner, event, true);
    if (message != null) {
      message.early = true;
      fragment(message, event, source, offset, byteCount);
    }
    return message;
  }

  /** An early message is next in order now. */
  void admit(Partner partner, Incoming message) {
    message.early = false;
    if (message.kind == Kind.NOTIFY) {
      memory.release(message); // It was acted upon when it arrived.
      return;
    }
    EndpointRequest receive = posted.takeMatch(message.matchInfo());
    if (receive == null) {
      unexpected(partner, message);
      return;
    }
    if (!message.whole()) {
      addPartial(partner, message);
    }
    bind(receive, message);
  }

  private @Nullable Incoming keep(Partner partner, Descriptor event, boolean early) {
    if (event.kind == Kind.NOTIFY) {
      // Acted upon now, whatever else there is no memory for; the window bounds how many there are.
      Incoming notify = memory.takeBare();
      describe(notify, partner, event);
      return notify;
    }
    Incoming message = memory.take(event.kind == Kind.RNDV ? 0 : event.lengthBytes(), early);
    if (message == null) {
      engine.counts.unexpectedDropped++;
      engine.acks.starve(partner);
      return null;
    }
    describe(message, partner, event);
    return message;
  }

  private static void describe(Incoming message, Partner partner, Descriptor event) {
    message.partner = partner;
    message.kind = event.kind;
    message.sequence = event.sequence;
    message.lengthBytes = event.lengthBytes();
    message.match(event.matchInfo, MatchNode.EXACT);
    message.unitBytes = event.kind == Kind.MEDIUM ? event.fragmentUnit() : 0;
    message.windowId = event.remoteWindowId();
    message.windowGeneration = event.remoteWindowGeneration();
    message.windowOffset = event.remoteWindowOffset();
  }

  /**
   * Takes what {@code event} brings of {@code message}.
   *
   * @return whether it was new
   */
  boolean fragment(
      Incoming message, Descriptor event, MemorySegment source, long offset, int byteCount) {
    long position = event.kind == Kind.MEDIUM ? event.fragmentOffset() : 0;
    long bit = position == 0 ? 1 : 1L << (position / message.unitBytes);
    if ((message.fragments & bit) != 0) {
      return false;
    }
    message.fragments |= bit;
    EndpointRequest receive = message.request;
    MemorySegment kept = message.memory;
    if (receive != null) {
      store(receive, source, offset, position, byteCount);
    } else if (kept != null) {
      MemorySegment.copy(source, offset, kept, position, byteCount);
    }
    return true;
  }

  /** A partial message has become whole: takes it out of its partner's list. */
  void completed(Partner partner, Incoming message) {
    removePartial(partner, message);
    EndpointRequest receive = message.request;
    if (receive != null) {
      engine.outcomes.received(receive, message.lengthBytes);
      memory.release(message);
    } else if (message.unwanted) {
      memory.release(message);
    }
  }

  /** Gives {@code receive} the {@code message}, which stands in no queue of unexpected ones. */
  private void bind(EndpointRequest receive, Incoming message) {
    Partner partner = message.partner;
    if (partner == null) {
      throw new IllegalStateException("a pooled message is queued");
    }
    Outcomes.matched(receive, partner, message.matchInfo());
    Outgoing self = message.self;
    if (self != null) {
      bindSelf(receive, message, self);
    } else if (message.kind == Kind.RNDV) {
      int windowId = message.windowId;
      int windowGeneration = message.windowGeneration;
      int windowOffset = message.windowOffset;
      long length = message.lengthBytes;
      memory.release(message);
      engine.pulls.begin(receive, partner, length, windowId, windowGeneration, windowOffset);
    } else if (message.whole()) {
      take(receive, message, 0, message.lengthBytes);
      engine.outcomes.received(receive, message.lengthBytes);
      memory.release(message);
    } else {
      message.request = receive;
      for (int i = 0; i < message.fragmentCount(); i++) {
        if ((message.fragments & 1L << i) != 0) {
          long position = (long) i * message.unitBytes;
          long rest = message.lengthBytes - position;
          take(receive, message, position, Math.min(rest, message.unitBytes));
        }
      }
    }
  }

  private void bindSelf(EndpointRequest receive, Incoming message, Outgoing self) {
    if (message.memory == null) {
      engine.selfSends.deliver(receive, self);
    } else {
      take(receive, message, 0, message.lengthBytes);
      engine.selfSends.delivered(receive, self, StatusCode.SUCCESS);
    }
    memory.release(message);
  }

  private void take(EndpointRequest receive, Incoming message, long position, long byteCount) {
    MemorySegment kept = message.memory;
    if (kept != null) {
      store(receive, kept, position, position, byteCount);
    }
  }

  /** Copies what fits of a message's bytes from {@code position} on. */
  private static void store(
      EndpointRequest receive, MemorySegment source, long offset, long position, long byteCount) {
    long fits = Math.min(byteCount, receive.segments.lengthBytes() - position);
    if (fits > 0 && !receive.faulty) {
      try {
        receive.segments.scatter(source, offset, position, fits);
      } catch (BadSegmentException gone) {
        receive.faulty = true;
      }
    }
  }

  /** Takes the earliest receive that a message of the endpoint to itself matches. */
  @Nullable EndpointRequest takePosted(Partner self, Outgoing outgoing) {
    EndpointRequest receive = posted.takeMatch(outgoing.matchInfo);
    if (receive != null) {
      Outcomes.matched(receive, self, outgoing.matchInfo);
    }
    return receive;
  }

  /** Lets a message of the endpoint to itself wait for its receive. */
  void selfWaits(Partner self, Outgoing outgoing) {
    Incoming message = keepSelf(outgoing);
    message.partner = self;
    message.kind = Incoming.SELF;
    message.self = outgoing;
    message.lengthBytes = outgoing.lengthBytes;
    message.match(outgoing.matchInfo, MatchNode.EXACT);
    add(message);
  }

  /** Copies an eager message, as those of others are, where there is memory for it. */
  private Incoming keepSelf(Outgoing outgoing) {
    if (outgoing.kind != Kind.RNDV) {
      Incoming message = memory.take(outgoing.lengthBytes, false);
      if (message != null) {
        outgoing.prepared = engine.selfSends.copy(outgoing, message.memory);
        if (outgoing.prepared) {
          return message;
        }
        memory.release(message);
      }
    }
    return memory.takeBare();
  }

  /** Ends those messages of the endpoint to itself whose time has passed. Returns how many. */
  int expireSelf(long nowNs) {
    int expired = 0;
    Incoming message = unexpected.first();
    while (message != null) {
      Incoming next = unexpected.after(message);
      Outgoing self = message.self;
      if (self != null && engine.deadlines.passed(self.request, nowNs)) {
        drop(message, StatusCode.TIMEOUT);
        expired++;
      }
      message = next;
    }
    return expired;
  }

  private void addPartial(Partner partner, Incoming message) {
    engine.resends.awaits(partner);
    message.next = null;
    Incoming last = partner.partial;
    if (last == null) {
      partner.partial = message;
      return;
    }
    while (last.next != null) {
      last = last.next;
    }
    last.next = message;
  }

  private static void removePartial(Partner partner, Incoming message) {
    Incoming before = partner.partial;
    if (before == message) {
      partner.partial = message.next;
    } else {
      while (before != null && before.next != message) {
        before = before.next;
      }
      if (before != null) {
        before.next = message.next;
      }
    }
    message.next = null;
  }

  /**
   * Forgets what a partner that is dead had begun: partial messages, whose receives end with {@code
   * status}, early ones and announcements. Whole messages stay: they have arrived.
   */
  void forget(Partner partner, StatusCode status) {
    Incoming message = partner.partial;
    partner.partial = null;
    while (message != null) {
      Incoming next = message.next;
      EndpointRequest receive = message.request;
      if (receive == null) {
        unexpected.remove(message);
      } else {
        engine.outcomes.end(receive, status, message.lengthBytes, 0);
      }
      memory.release(message);
      message = next;
    }
    message = partner.early;
    partner.early = null;
    while (message != null) {
      Incoming next = message.next;
      memory.release(message);
      message = next;
    }
    dropUnexpected(partner, true);
  }

  /** Drops what {@code partner} has sent and no receive was posted for. */
  void disconnect(Partner partner) {
    dropUnexpected(partner, false);
  }

  private void dropUnexpected(Partner partner, boolean announcementsOnly) {
    Incoming message = unexpected.first();
    while (message != null) {
      Incoming next = unexpected.after(message);
      if (message.partner == partner && (!announcementsOnly || message.kind == Kind.RNDV)) {
        drop(message, StatusCode.ENDPOINT_UNREACHABLE);
      }
      message = next;
    }
  }

  /** Takes an unexpected message out; of one to oneself the send ends with {@code status}. */
  private void drop(Incoming message, StatusCode status) {
    Outgoing self = message.self;
    unexpected.remove(message);
    memory.release(message);
    if (self != null) {
      engine.selfSends.drop(self, status);
    }
  }

  /** Ends every posted and partly filled receive, without their memory being touched again. */
  void endAll(StatusCode status) {
    EndpointRequest receive = posted.oldest();
    while (receive != null) {
      posted.remove(receive);
      engine.outcomes.end(receive, status, 0, 0);
      receive = posted.oldest();
    }
    Incoming message = unexpected.first();
    while (message != null) {
      Incoming next = unexpected.after(message);
      if (message.self != null) {
        drop(message, status);
      }
      message = next;
    }
  }
}
