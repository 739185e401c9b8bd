package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import java.util.ArrayDeque;

/**
 * Acknowledgements, both ways. Every message carries one; one travels alone when much is owed or a
 * little for long.
 */
final class Acks {

  /** MX's 1/64 s: how long one may be owed for a message to carry it. */
  static final long DELAY_NS = 1_000_000_000L / 64;

  /**
   * A sixteenth of what a sender may have unacknowledged: it never stalls on us, and acks stay a
   * small part of the traffic. MX acknowledges each fourth message, but its windows are larger.
   */
  private static final int MESSAGES = Partner.WINDOW / 16;

  private final Engine engine;

  /** A quarter of a sender's slots, taking its window for one like ours. */
  private final long bytes;

  private final ArrayDeque<Partner> due = new ArrayDeque<>();

  Acks(Engine engine) {
    this.engine = engine;
    bytes = (long) engine.layout.geometry().sendSlotCount() * WindowLayout.SEND_SLOT_BYTES / 4;
  }

  /** A message of {@code payloadBytes} has been taken into order and is to be acknowledged. */
  void owe(Partner partner, long payloadBytes) {
    partner.unackedMessages++;
    partner.unackedBytes += payloadBytes;
    if (partner.unackedMessages >= MESSAGES || partner.unackedBytes >= bytes) {
      oweNow(partner);
    } else {
      oweLater(partner);
    }
  }

  /** Something says that our last acknowledgement was lost, or is waited for. */
  void oweNow(Partner partner) {
    partner.ackOwed = true;
    partner.ackAtNs = engine.nowNs;
    if (!partner.queuedToAck) {
      partner.queuedToAck = true;
      due.add(partner);
    }
  }

  /** To be acknowledged by the next message, or alone in a while. */
  void oweLater(Partner partner) {
    if (!partner.ackOwed) {
      partner.ackOwed = true;
      partner.ackAtNs = engine.nowNs + DELAY_NS;
      engine.timers.note(partner.ackAtNs);
    }
  }

  /** A message has just carried it. */
  void carried(Partner partner) {
    partner.ackOwed = false;
    partner.unackedMessages = 0;
    partner.unackedBytes = 0;
  }

  /** One that travelled alone has been refused for lack of room: once more, a little later. */
  void refused(Partner partner) {
    oweLater(partner);
  }

  void runTimer(Partner partner, long nowNs) {
    if (!partner.ackOwed || partner.queuedToAck) {
      return;
    }
    if (nowNs - partner.ackAtNs >= 0) {
      oweNow(partner);
    } else {
      engine.timers.note(partner.ackAtNs);
    }
  }

  /** The partner's session is known now, so that what is owed can go. */
  void connected(Partner partner) {
    if (partner.ackOwed) {
      oweNow(partner);
    }
  }

  /** Sends those that are due. Returns how many. */
  int flush() {
    int sent = 0;
    for (int i = due.size(); i > 0 && engine.commands.room() > 0; i--) {
      Partner partner = due.remove();
      partner.queuedToAck = false;
      if (partner.ackOwed && partner.connected && partner.death == null) {
        send(partner);
        sent++;
      }
    }
    return sent;
  }

  private void send(Partner partner) {
    Descriptor command = engine.commands.begin(Kind.ACK, partner);
    command.session = partner.backSession;
    command.sequence = partner.nextComplete;
    command.ack = partner.nextComplete;
    command.word(++partner.ackNumber);
    engine.commands.submit();
    engine.counts.acksSent++;
    carried(partner);
  }

  /** Acts upon an acknowledgement that travelled alone. */
  void arrived(Descriptor event) {
    Partner partner = engine.partners.find(event.nicId, event.endpoint);
    if (partner == null || partner.death != null || !partner.connected) {
      engine.counts.badEvents++;
      return;
    }
    if (event.word() - partner.lastAckNumber <= 0) {
      return; // Overtaken by a later one.
    }
    partner.lastAckNumber = event.word();
    take(partner, event.sequence);
  }

  /** The partner has everything below {@code next}. Ignores what it cannot have said. */
  void take(Partner partner, int next) {
    if (!partner.connected
        || !Sequence.sameEra(next, partner.nextSend)
        || Sequence.distance(partner.firstUnacked, next) <= 0
        || Sequence.distance(next, partner.nextSend) < 0) {
      return;
    }
    while (partner.firstUnacked != next) {
      Outgoing message = partner.pollInFlight();
      if (message == null) {
        break;
      }
      engine.sender.acknowledged(partner, message);
    }
    engine.resends.progressed(partner);
    engine.sender.schedule(partner);
  }
}
