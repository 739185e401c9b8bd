package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages in the order of each partner's queue, as far as resources go; the rest waits for
 * the next pass. What lacks a resource holds up its own partner and whoever lacks the same.
 */
final class Sender {

  /** What came of an attempt to give a message what it needs. */
  enum Preparation {
    READY,
    LACKING,
    FAILED
  }

  private final Engine engine;
  private final ArrayDeque<Outgoing> pool = new ArrayDeque<>();
  private final ArrayDeque<Partner> queue = new ArrayDeque<>();
  private int promisedCount;
  private long promisedBytes;

  Sender(Engine engine) {
    this.engine = engine;
  }

  /** An empty message, to be filled in and sent, or given back. */
  Outgoing take() {
    Outgoing message = pool.poll();
    return message == null ? new Outgoing() : message;
  }

  void recycle(Outgoing message) {
    if (message.promised) {
      promisedCount--;
      promisedBytes -= message.lengthBytes;
    }
    message.clear();
    pool.push(message);
  }

  /** From now on the application counts on {@code message}. */
  void promise(Outgoing message) {
    if (!message.promised) {
      message.promised = true;
      promisedCount++;
      promisedBytes += message.lengthBytes;
    }
  }

  /** Messages that the application counts on and that are not acknowledged. */
  int promisedCount() {
    return promisedCount;
  }

  /** Payload of these, in bytes. */
  long promisedBytes() {
    return promisedBytes;
  }

  /** Sends {@code message}, now or when it can be, behind all others to its partner. */
  void send(Partner partner, Outgoing message) {
    message.partner = partner;
    if (message.kind == Kind.NOTIFY) {
      partner.notifies.add(message);
    } else {
      partner.waiting.add(message);
      if (partner.unprepared == null) {
        partner.unprepared = message;
      }
    }
    if (!partner.queuedToSend && serve(partner)) {
      schedule(partner);
    }
  }

  /** Sees to it that the next pass looks at {@code partner}. */
  void schedule(Partner partner) {
    if (!partner.queuedToSend && partner.death == null && hasWork(partner)) {
      partner.queuedToSend = true;
      queue.add(partner);
    }
  }

  private static boolean hasWork(Partner partner) {
    return partner.resendCount > 0 || !partner.waiting.isEmpty() || !partner.notifies.isEmpty();
  }

  /** Whether a partner is to be looked at. */
  boolean queued() {
    return !queue.isEmpty();
  }

  /** Sends what can be sent. Returns how many commands were written. */
  int pump() {
    long before = engine.commands.written();
    engine.eager.lifted();
    engine.larges.lifted();
    for (int i = queue.size(); i > 0 && engine.commands.room() > 0; i--) {
      Partner partner = queue.remove();
      partner.queuedToSend = false;
      if (serve(partner)) {
        schedule(partner);
      }
    }
    return (int) (engine.commands.written() - before);
  }

  /**
   * Sends what can be sent to {@code partner}.
   *
   * @return whether there is more to do that no event would announce
   */
  private boolean serve(Partner partner) {
    prepare(partner);
    if (!partner.connected || partner.full) {
      // Connecting, or the credit, schedules it again. What is not prepared has to be looked at.
      return partner.unprepared != null;
    }
    WireFlow flow = partner.flow;
    if (!resend(partner, flow)) {
      return engine.commands.room() == 0 || partner.unprepared != null;
    }
    while (partner.inFlightCount() < Partner.WINDOW) {
      OutgoingQueue from = partner.notifies.isEmpty() ? partner.waiting : partner.notifies;
      Outgoing message = from.first();
      if (message == null) {
        return false;
      }
      if (from == partner.waiting && partner.inFlightCount() >= Partner.MESSAGE_WINDOW) {
        break;
      }
      if (!message.prepared || engine.commands.room() == 0) {
        return true;
      }
      if (flow != null && held(partner, flow, message)) {
        break;
      }
      from.remove(message);
      if (partner.inFlightCount() == 0) {
        engine.resends.begun(partner);
      }
      partner.number(message);
      write(partner, message);
      engine.counts.sent(message.kind, message.lengthBytes);
    }
    return partner.unprepared != null; // Acknowledgements or a timer schedule it again.
  }

  /** Whether the way to {@code partner} does not bear {@code message} now. */
  private boolean held(Partner partner, WireFlow flow, Outgoing message) {
    boolean congested = partner.recovery == Recovery.AFTER_SILENCE || !flow.window.open();
    if (congested && message.kind != Kind.NOTIFY) {
      engine.counts.heldByCongestion++;
      return true;
    }
    long holdNs = flow.numbers.holdNs(partner.nextSend, engine.nowNs);
    if (holdNs == 0) {
      flow.held = false;
      return false;
    }
    if (!flow.held) {
      flow.held = true;
      engine.counts.heldByLifetime++;
    }
    flow.heldUntilNs = engine.nowNs + holdNs;
    engine.timers.note(flow.heldUntilNs);
    return true;
  }

  /**
   * Sends again what is marked. The oldest is not asked whether the way bears it: everything waits
   * for it.
   *
   * @return whether there is nothing left of it
   */
  private boolean resend(Partner partner, @Nullable WireFlow flow) {
    Outgoing message = partner.firstToResend();
    while (message != null) {
      boolean oldest = message.sequence == partner.firstUnacked;
      if (engine.commands.room() == 0 || (flow != null && !oldest && !flow.window.open())) {
        return false;
      }
      partner.unmarkResend(message);
      write(partner, message);
      engine.counts.resends++;
      message = partner.firstToResend();
    }
    return true;
  }

  private void prepare(Partner partner) {
    Outgoing message = partner.unprepared;
    while (message != null) {
      Outgoing after = message.next;
      if (message.eager() && mayOnlyAnnounce(partner, message)) {
        message.kind = Kind.RNDV;
        engine.counts.announcedForLag++;
      }
      switch (prepared(message)) {
        case READY -> message.prepared = true;
        case LACKING -> {
          partner.unprepared = message;
          return;
        }
        case FAILED -> {
          partner.waiting.remove(message);
          recycle(message);
        }
      }
      message = after;
    }
    partner.unprepared = null;
  }

  /**
   * Whether an eager message had better be pulled: its partner lags, or others hold all slots. Not
   * one that nobody waits for: it would be lost if its sender closed before it is received.
   */
  private boolean mayOnlyAnnounce(Partner partner, Outgoing message) {
    if (!partner.lags && (message.kind != Kind.MEDIUM || !engine.eager.starved())) {
      return false;
    }
    EndpointRequest request = message.request;
    return request != null && !request.forgotten();
  }

  private Preparation prepared(Outgoing message) {
    try {
      return message.kind == Kind.RNDV
          ? engine.larges.prepare(message)
          : engine.eager.prepare(message);
    } catch (BadSegmentException gone) {
      engine.eager.release(message);
      engine.larges.release(message);
      end(message, StatusCode.ABORTED, 0);
      return Preparation.FAILED;
    }
  }

  private void write(Partner partner, Outgoing message) {
    WireFlow flow = partner.flow;
    if (flow != null) {
      flow.transmitted(message, engine.nowNs);
    }
    switch (message.kind) {
      case Kind.RNDV -> engine.larges.announce(partner, message, message.sequence);
      case Kind.NOTIFY -> writeNotify(partner, message);
      default -> engine.eager.write(partner, message);
    }
    engine.acks.carried(partner);
  }

  private void writeNotify(Partner partner, Outgoing notify) {
    Descriptor command = engine.commands.begin(Kind.NOTIFY, partner);
    command.session = partner.backSession;
    command.sequence = notify.sequence;
    command.ack = partner.nextComplete;
    command.length = (int) notify.lengthBytes;
    command.remoteWindow(notify.windowId, notify.windowGeneration);
    engine.commands.submit();
  }

  /**
   * Sends {@code partner} a message without contents that it must have had, to hear if it lives.
   */
  void probe(Partner partner, int sequence) {
    Descriptor command = engine.commands.begin(Kind.TINY, partner);
    command.session = partner.trueSession;
    command.sequence = sequence;
    command.ack = partner.nextComplete;
    engine.commands.submit();
  }

  /** {@code message}, no longer in flight, has been acknowledged. */
  void acknowledged(Partner partner, Outgoing message) {
    partner.unmarkResend(message);
    message.acknowledged = true;
    switch (message.kind) {
      case Kind.RNDV -> {
        if (message.notified) {
          recycle(message);
        } else {
          partner.announced.add(message);
          engine.resends.awaits(partner);
        }
      }
      case Kind.NOTIFY -> recycle(message);
      default -> {
        engine.eager.release(message);
        end(message, StatusCode.SUCCESS, message.lengthBytes);
        recycle(message);
      }
    }
  }

  /** Tells the request, if it has not been told yet. */
  void end(Outgoing message, StatusCode code, long transferBytes) {
    EndpointRequest request = message.request;
    if (request != null) {
      message.request = null;
      engine.outcomes.end(request, code, message.lengthBytes, transferBytes);
    }
  }

  /** Ends {@code message}, which has never been transmitted, without success. */
  void takeBack(Partner partner, Outgoing message, StatusCode code) {
    if (partner.unprepared == message) {
      partner.unprepared = message.next;
    }
    partner.waiting.remove(message);
    drop(message, code);
  }

  /** Ends {@code message}, which stands in no queue any more, without success. */
  void drop(Outgoing message, StatusCode code) {
    engine.eager.release(message);
    engine.larges.release(message);
    end(message, code, 0);
    recycle(message);
  }
}
