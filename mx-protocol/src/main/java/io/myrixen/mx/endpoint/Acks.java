package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowLayout;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

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

  /** MX's number, over a wire: a sender learns from acknowledgements how much the way bears. */
  private static final int WIRE_MESSAGES = 4;

  /** Half the smallest congestion window, so that it never closes on what is owed. */
  private static final long WIRE_BYTES = CongestionWindow.LEAST_BYTES / 2;

  private final Engine engine;

  private final long lifetimeNs;

  /** A quarter of a sender's slots, taking its window for one like ours. */
  private final long bytes;

  private final ArrayDeque<Partner> due = new ArrayDeque<>();

  /** Those of whom something was dropped for lack of memory. */
  private final ArrayDeque<Partner> starved = new ArrayDeque<>();

  /** How much memory was taken when the last of these was dropped. */
  private long starvedAtBytes;

  Acks(Engine engine) {
    this.engine = engine;
    lifetimeNs = engine.options.frameLifetime().toNanos();
    bytes = (long) engine.layout.geometry().sendSlotCount() * WindowLayout.SEND_SLOT_BYTES / 4;
  }

  /** A message of {@code payloadBytes} has been taken into order and is to be acknowledged. */
  void owe(Partner partner, long payloadBytes) {
    partner.unackedMessages++;
    partner.unackedBytes += payloadBytes;
    WireFlow flow = partner.flow;
    boolean now =
        flow == null
            ? partner.unackedMessages >= MESSAGES || partner.unackedBytes >= bytes
            : partner.unackedMessages >= WIRE_MESSAGES
                || partner.unackedBytes >= WIRE_BYTES
                || flow.afterPause();
    if (now) {
      oweNow(partner);
    } else {
      oweLater(partner);
    }
  }

  /** Something says that our last acknowledgement was lost, or is waited for. */
  void oweNow(Partner partner) {
    partner.ackOwed = true;
    partner.ackAtNs = engine.nowNs;
    queue(partner);
  }

  /**
   * Something has come over a wire although what is next has not: the sender is to hear that at
   * once, by acknowledgements that say nothing new. A message that carries one would not count.
   */
  void tellGap(Partner partner, WireFlow flow) {
    if (flow.tellsGap(partner.nextComplete, engine.nowNs)) {
      engine.counts.gapsTold++;
      queue(partner);
    }
  }

  /** A message of {@code partner} has been dropped for lack of memory. */
  void starve(Partner partner) {
    starvedAtBytes = engine.matching.unexpectedBytes();
    if (!partner.starved) {
      partner.starved = true;
      starved.add(partner);
    }
  }

  /**
   * Says once more what has been taken to those of whom something was dropped, as soon as memory
   * has come free and there is enough: they wait longer and longer before they try again.
   */
  void runStarved() {
    while (!starved.isEmpty()
        && engine.matching.unexpectedBytes() < starvedAtBytes
        && engine.matching.hasRoom()) {
      Partner partner = starved.remove();
      partner.starved = false;
      WireFlow flow = partner.flow;
      if (partner.death == null && flow != null) {
        flow.tellAgain();
        queue(partner);
      } else if (partner.death == null) {
        oweNow(partner);
      }
    }
  }

  private void queue(Partner partner) {
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
      if (partner.isConnected()) {
        sent += send(partner, partner.flow);
      }
    }
    return sent;
  }

  private int send(Partner partner, @Nullable WireFlow flow) {
    int due = partner.ackOwed ? 1 : 0;
    if (flow != null) {
      due += flow.repeatsDue; // What says something new repeats nothing.
      flow.repeatsDue = 0;
    }
    int sent = 0;
    while (sent < due && engine.commands.room() > 0) {
      send(partner);
      sent++;
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
    if (partner == null || !partner.isConnected()) {
      engine.counts.strangers++; // Left before that partner was given up, or parted with.
      return;
    }
    if (mayBeOfFormer(partner)) {
      engine.counts.staleEras++;
      return;
    }
    if (event.word() - partner.lastAckNumber <= 0) {
      return; // Overtaken by a later one.
    }
    partner.lastAckNumber = event.word();
    partner.silence.end(engine.nowNs);
    if (event.sequence == partner.firstUnacked) {
      engine.resends.repeated(partner);
    } else {
      take(partner, event.sequence);
    }
  }

  /**
   * Whether an acknowledgement may have been sent by the opening before this one, which numbered
   * likewise: it does not say, and frames of that opening may still be under way.
   */
  private boolean mayBeOfFormer(Partner partner) {
    return partner.flow != null && partner.openings.maybePast(engine.arrivalsSinceNs, lifetimeNs);
  }

  /** The partner has everything below {@code next}. Ignores what it cannot have said. */
  void take(Partner partner, int next) {
    if (!partner.connected
        || !Sequence.sameEra(next, partner.nextSend)
        || Sequence.distance(partner.firstUnacked, next) <= 0
        || Sequence.distance(next, partner.nextSend) < 0) {
      return;
    }
    if (Sequence.number(next) < Sequence.number(partner.firstUnacked)) {
      engine.counts.wraps++;
    }
    WireFlow flow = partner.flow;
    if (flow == null) {
      take(partner, next, null);
    } else {
      long tookNs = take(partner, next, flow);
      if (tookNs >= 0) {
        flow.roundTrip.measured(tookNs);
      }
    }
    engine.resends.progressed(partner);
    engine.sender.schedule(partner);
  }

  /**
   * Takes out of flight what precedes {@code next}.
   *
   * @return how long the last of it took, or -1 if that cannot be known, since some of it was sent
   *     more than once: what it held up was acknowledged no sooner
   */
  private long take(Partner partner, int next, @Nullable WireFlow flow) {
    long tookNs = -1;
    boolean once = true;
    while (partner.firstUnacked != next) {
      Outgoing message = partner.pollInFlight();
      if (message == null) {
        break;
      }
      if (flow != null) {
        flow.acknowledged(message);
        once &= message.transmissions == 1;
        tookNs = engine.nowNs - message.sentNs;
      }
      engine.sender.acknowledged(partner, message);
    }
    return once ? tookNs : -1;
  }
}
