package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is sent a second time, and when: after a refusal for lack of room, after silence; and the
 * giving up of partners that stay silent.
 *
 * <p>After silence the oldest message goes alone: the receiver may have kept those behind it. Its
 * acknowledgement shows where the next gap is, and from there on all are sent again.
 */
final class Resends {

  /** MX's own pace. */
  static final long FIRST_DELAY_NS = 500_000_000L;

  /** Eight times that: a partner that has been away is noticed within seconds of its return. */
  static final long LAST_DELAY_NS = 4_000_000_000L;

  /** How often a partner is asked whether it still lives while nothing else would tell. */
  static final long PROBE_NS = 1_000_000_000L;

  private final Engine engine;
  private final long giveUpNs;
  private final ArrayDeque<Partner> full = new ArrayDeque<>();

  Resends(Engine engine) {
    this.engine = engine;
    giveUpNs = engine.options.requestTimeout().toNanos();
  }

  /** The partner's first message in flight has just been sent. */
  void begun(Partner partner) {
    partner.silentSinceNs = engine.nowNs;
    rearm(partner, FIRST_DELAY_NS);
  }

  private void rearm(Partner partner, long delayNs) {
    partner.resendDelayNs = delayNs;
    partner.resendAtNs = engine.nowNs + delayNs;
    engine.timers.note(partner.resendAtNs);
  }

  /** Something has been acknowledged. */
  void progressed(Partner partner) {
    partner.silentSinceNs = engine.nowNs;
    int inFlight = partner.inFlightCount();
    if (inFlight > 0) {
      rearm(partner, FIRST_DELAY_NS);
    }
    if (partner.recovering) {
      partner.recovering = false;
      int lost = Math.min(inFlight, Sequence.distance(partner.firstUnacked, partner.recoverUntil));
      int sequence = partner.firstUnacked;
      for (int i = 0; i < lost; i++) {
        mark(partner, partner.inFlight(sequence));
        sequence = Sequence.next(sequence);
      }
    }
  }

  private static void mark(Partner partner, @Nullable Outgoing message) {
    if (message != null) {
      partner.markResend(message);
    }
  }

  /** The NIC has returned a command since the partner had no room. */
  void refused(Descriptor completion) {
    engine.counts.receiverFull++;
    Partner partner = engine.partners.find(completion.nicId, completion.endpoint);
    switch (completion.refusedCommandKind()) {
      case Kind.TINY, Kind.SMALL, Kind.MEDIUM, Kind.RNDV, Kind.NOTIFY -> {
        if (partner != null && partner.death == null) {
          messageRefused(partner, completion);
        }
      }
      case Kind.ACK -> {
        if (partner != null && partner.death == null) {
          engine.acks.refused(partner);
        }
      }
      case Kind.CONNECT_REQUEST -> engine.connector.hurry(completion.nicId, completion.endpoint);
      default -> {} // Whoever asked for a connect reply asks again.
    }
  }

  private void messageRefused(Partner partner, Descriptor completion) {
    Outgoing message = partner.inFlight(completion.sequence);
    if (message == null) {
      return; // A probe, or acknowledged since: it was sent twice.
    }
    partner.markResend(message);
    partner.fullEpoch = completion.refusedEpoch();
    partner.full = true;
    if (!partner.queuedFull) {
      partner.queuedFull = true;
      full.add(partner);
    }
  }

  /** Whether a partner waits for the credit epoch to move. */
  boolean awaitsCredit() {
    return !full.isEmpty();
  }

  /** Lets partners that were full be sent to again once the credit epoch has moved. */
  int runCredits() {
    if (full.isEmpty()) {
      return 0;
    }
    long epoch = engine.control.creditEpochAcquire();
    int freed = 0;
    for (int i = full.size(); i > 0; i--) {
      Partner partner = full.remove();
      if (partner.full && partner.fullEpoch == epoch) {
        full.add(partner);
      } else {
        partner.full = false;
        partner.queuedFull = false;
        engine.sender.schedule(partner);
        freed++;
      }
    }
    return freed;
  }

  void runTimer(Partner partner, long nowNs) {
    if (partner.inFlightCount() > 0) {
      runResend(partner, nowNs);
    } else if (partner.awaited()) {
      runProbe(partner, nowNs);
    }
  }

  private void runResend(Partner partner, long nowNs) {
    if (nowNs - partner.silentSinceNs >= giveUpNs) {
      engine.deaths.kill(partner, StatusCode.ENDPOINT_UNREACHABLE);
      return;
    }
    if (nowNs - partner.resendAtNs < 0) {
      engine.timers.note(partner.resendAtNs);
      engine.timers.note(partner.silentSinceNs + giveUpNs);
      return;
    }
    mark(partner, partner.inFlight(partner.firstUnacked));
    partner.recovering = true;
    partner.recoverUntil = partner.nextSend;
    partner.full = false; // The credit may have been lost as well.
    rearm(partner, Math.min(2 * partner.resendDelayNs, LAST_DELAY_NS));
    engine.timers.note(partner.silentSinceNs + giveUpNs);
    engine.sender.schedule(partner);
  }

  /**
   * The partner owes us something, a NOTIFY or the rest of a message, of which no number of ours
   * would tell that it never comes.
   */
  void awaits(Partner partner) {
    partner.probeAtNs = engine.nowNs + PROBE_NS;
    engine.timers.note(partner.probeAtNs);
  }

  /**
   * Sends something again under the number that the partner has seen last: it is answered as a
   * duplicate, and if the partner is gone, its NIC refuses it.
   */
  private void runProbe(Partner partner, long nowNs) {
    if (nowNs - partner.probeAtNs < 0) {
      engine.timers.note(partner.probeAtNs);
      return;
    }
    awaits(partner);
    if (engine.commands.room() > 0 && partner.connected) {
      engine.sender.probe(partner, Sequence.previous(partner.nextSend));
      engine.counts.resends++;
    }
  }
}
