package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Ends sends and connects with {@code TIMEOUT} that have not ended by a time that their caller has
 * set. The partner stays as it is. Keeps the earliest time alone: when that has come, all that is
 * under way is looked through.
 */
final class Deadlines {

  private final Engine engine;
  private long nextNs;
  private boolean any;

  Deadlines(Engine engine) {
    this.engine = engine;
  }

  /**
   * Limits a send or connect that has been started to {@code timeoutNs} from now, whatever limit it
   * had before; {@link Timers#NEVER_NS} takes the limit away.
   */
  void limit(EndpointRequest request, long timeoutNs) {
    request.limited = timeoutNs < Timers.NEVER_NS;
    if (!request.limited) {
      return;
    }
    request.deadlineNs = engine.nowNs + timeoutNs;
    note(request.deadlineNs);
  }

  private void note(long deadlineNs) {
    if (!any || deadlineNs - nextNs < 0) {
      any = true;
      nextNs = deadlineNs;
    }
    engine.timers.note(deadlineNs);
  }

  void runTimers(long nowNs) {
    if (!any) {
      return;
    }
    if (nowNs - nextNs < 0) {
      engine.timers.note(nextNs);
      return;
    }
    any = false;
    for (int i = 0; i < engine.partners.count(); i++) {
      Partner partner = engine.partners.get(i);
      look(partner.waiting.first(), nowNs);
      look(partner.announced.first(), nowNs);
      int sequence = partner.firstUnacked;
      while (sequence != partner.nextSend) {
        Outgoing message = partner.inFlight(sequence);
        if (message != null && passed(message.request, nowNs)) {
          expire(message);
        }
        sequence = Sequence.next(sequence);
      }
    }
    engine.connector.expire(nowNs);
    engine.counts.timeouts += engine.matching.expireSelf(nowNs) + engine.selfSends.expire(nowNs);
  }

  private void look(@Nullable Outgoing first, long nowNs) {
    Outgoing message = first;
    while (message != null) {
      Outgoing next = message.next;
      if (passed(message.request, nowNs)) {
        expire(message);
      }
      message = next;
    }
  }

  /** Whether the time of {@code request} has passed; else it is looked at again when it has. */
  boolean passed(@Nullable EndpointRequest request, long nowNs) {
    if (request == null || !request.limited) {
      return false;
    }
    if (nowNs - request.deadlineNs >= 0) {
      return true;
    }
    note(request.deadlineNs);
    return false;
  }

  private void expire(Outgoing message) {
    engine.counts.timeouts++;
    Partner partner = message.partner;
    if (partner != null && !message.acknowledged && partner.inFlight(message.sequence) != message) {
      engine.sender.takeBack(partner, message, StatusCode.TIMEOUT);
    } else if (message.kind == Kind.RNDV) {
      engine.larges.finish(message, StatusCode.TIMEOUT, 0);
    } else {
      engine.sender.end(message, StatusCode.TIMEOUT, 0); // Its bytes are on their way.
    }
  }
}
