package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is sent a second time, and when: after a refusal for lack of room, after repeated
 * acknowledgements, and after silence.
 *
 * <p>After silence the oldest message goes alone: the receiver may have kept those behind it, or be
 * away. Its acknowledgement shows where the next gap is, and from there on all are sent again.
 * Repeated acknowledgements show that something behind the oldest arrived: it alone goes at once,
 * and so does the message at which a later acknowledgement stops (RFC 6582); if they go on
 * stopping, more and more of those behind it.
 */
final class Resends {

  /** On one NIC nothing is lost but by its restart: MX's own pace. */
  private static final long FIRST_DELAY_NS = 500_000_000L;

  /** Eight times that: a partner that has been away is noticed within seconds of its return. */
  private static final int MOST_DOUBLINGS = 3;

  /**
   * What is added, as a factor, at each further acknowledgement that stops short: then much behind
   * the gap seems lost as well, and four messages are what a receiver acknowledges at once.
   */
  private static final int RECOVER_STEP = 4;

  /** How often a partner is asked whether it still lives while nothing else would tell. */
  static final long PROBE_NS = 1_000_000_000L;

  private final Engine engine;
  private final Lag lag;
  private final ArrayDeque<Partner> full = new ArrayDeque<>();

  Resends(Engine engine) {
    this.engine = engine;
    lag = new Lag(engine);
  }

  /** The partner's first message in flight has just been sent. */
  void begun(Partner partner) {
    partner.progressNs = engine.nowNs;
    partner.silence.end(engine.nowNs);
    rearm(partner);
    engine.timers.note(engine.nowNs + Lag.AFTER_NS);
  }

  private void rearm(Partner partner) {
    WireFlow flow = partner.flow;
    long delayNs =
        flow == null
            ? FIRST_DELAY_NS << Math.min(partner.timeouts, MOST_DOUBLINGS)
            : flow.roundTrip.timeoutNs();
    partner.resendAtNs = engine.nowNs + delayNs;
    engine.timers.note(partner.resendAtNs);
  }

  /** Something has been acknowledged. */
  void progressed(Partner partner) {
    partner.progressNs = engine.nowNs;
    partner.silence.end(engine.nowNs);
    partner.timeouts = 0;
    partner.lags = false;
    WireFlow flow = partner.flow;
    if (flow != null) {
      flow.repeats = 0;
    }
    if (partner.inFlightCount() > 0) {
      rearm(partner);
    }
    if (partner.recovery != Recovery.NONE) {
      recover(partner);
    }
  }

  private void recover(Partner partner) {
    int behind = Sequence.distance(partner.firstUnacked, partner.recoverUntil);
    int missing = Math.min(partner.inFlightCount(), behind);
    boolean silence = partner.recovery == Recovery.AFTER_SILENCE;
    int marked = markFirst(partner, silence ? missing : Math.min(missing, partner.recoverStep));
    if (silence) {
      engine.counts.resendsTimeout += marked;
    } else {
      engine.counts.resendsGap += marked;
      partner.recoverStep = Math.min(RECOVER_STEP * partner.recoverStep, Partner.WINDOW);
    }
    if (silence || missing <= 0) {
      partner.recovery = Recovery.NONE;
    }
  }

  private static int markFirst(Partner partner, int count) {
    int marked = 0;
    int sequence = partner.firstUnacked;
    for (int i = 0; i < count; i++) {
      if (mark(partner, partner.inFlight(sequence))) {
        marked++;
      }
      sequence = Sequence.next(sequence);
    }
    return marked;
  }

  private static boolean mark(Partner partner, @Nullable Outgoing message) {
    if (message == null || message.resend) {
      return false;
    }
    WireFlow flow = partner.flow;
    if (flow != null) {
      flow.deemLost(message);
    }
    partner.markResend(message);
    return true;
  }

  /** A partner has acknowledged once more what it had acknowledged before. */
  void repeated(Partner partner) {
    Outgoing first = partner.inFlight(partner.firstUnacked);
    if (first == null || first.resend) {
      return;
    }
    WireFlow flow = partner.flow;
    if (flow == null) {
      repeatedAfterSilence(partner, first);
      return;
    }
    flow.repeats++;
    long leastNs = flow.roundTrip.leastNs();
    boolean answered = leastNs > 0 && engine.nowNs - first.sentNs >= leastNs;
    if (first.transmissions > 1 && !answered) {
      return; // What it repeats may be older than the last resend.
    }
    if (!flow.showLoss(partner.inFlightCount())) {
      repeatedAfterSilence(partner, first);
      return;
    }
    resendFast(partner, first);
    flow.repeats = 0;
    if (partner.recovery == Recovery.NONE) {
      partner.recovery = Recovery.OF_GAPS;
      partner.recoverStep = 1;
      partner.recoverUntil = partner.nextSend;
      flow.window.lost();
    }
  }

  /** While we wait for longer and longer, it says that it is back, or has room again. */
  private void repeatedAfterSilence(Partner partner, Outgoing first) {
    if (partner.timeouts > 0) {
      resendFast(partner, first);
    }
  }

  private void resendFast(Partner partner, Outgoing first) {
    mark(partner, first);
    engine.counts.resendsFast++;
    rearm(partner);
    engine.sender.schedule(partner);
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
    if (mark(partner, message)) {
      engine.counts.resendsCredit++;
    }
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
      partner.lags = lag.of(partner);
      runResend(partner, nowNs);
    } else if (partner.awaited()) {
      runProbe(partner, nowNs);
    }
    WireFlow flow = partner.flow;
    if (flow != null && flow.held) {
      if (nowNs - flow.heldUntilNs < 0) {
        engine.timers.note(flow.heldUntilNs);
      } else {
        engine.sender.schedule(partner);
      }
    }
  }

  private void runResend(Partner partner, long nowNs) {
    if (nowNs - partner.resendAtNs < 0) {
      engine.timers.note(partner.resendAtNs);
      return;
    }
    WireFlow flow = partner.flow;
    if (flow != null) {
      deemAllLost(partner, flow);
      flow.window.timedOut(partner.timeouts == 0);
      flow.roundTrip.timedOut();
    }
    if (mark(partner, partner.inFlight(partner.firstUnacked))) {
      engine.counts.resendsTimeout++;
    }
    if (partner.notifiesInFlight > 0) {
      markNotifies(partner);
    }
    partner.timeouts++;
    partner.recovery = Recovery.AFTER_SILENCE;
    partner.recoverUntil = partner.nextSend;
    partner.full = false; // The credit may have been lost as well.
    rearm(partner);
    engine.sender.schedule(partner);
  }

  /** What they say counts before their turn, whatever keeps the receiver from taking the oldest. */
  private void markNotifies(Partner partner) {
    int sequence = partner.firstUnacked;
    while (sequence != partner.nextSend) {
      Outgoing message = partner.inFlight(sequence);
      if (message != null && message.kind == Kind.NOTIFY && mark(partner, message)) {
        engine.counts.resendsTimeout++;
      }
      sequence = Sequence.next(sequence);
    }
  }

  private static void deemAllLost(Partner partner, WireFlow flow) {
    int sequence = partner.firstUnacked;
    while (sequence != partner.nextSend) {
      Outgoing message = partner.inFlight(sequence);
      if (message != null) {
        flow.deemLost(message);
      }
      sequence = Sequence.next(sequence);
    }
  }

  /**
   * The partner owes us something, a NOTIFY, the rest of a message, or what precedes an early one,
   * of which no number of ours would tell that it never comes.
   */
  void awaits(Partner partner) {
    partner.silence.end(engine.nowNs);
    probeLater(partner);
  }

  private void probeLater(Partner partner) {
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
    probeLater(partner);
    if (engine.commands.room() > 0 && partner.connected) {
      engine.sender.probe(partner, Sequence.previous(partner.nextSend));
      engine.counts.resends++;
      engine.counts.probes++;
    }
  }
}
