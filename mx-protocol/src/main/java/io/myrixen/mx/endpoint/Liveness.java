package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;

/**
 * Tells the dead from the busy. A library that computes acknowledges nothing, for minutes if need
 * be, but its NIC answers for itself: so a partner that has been silent for some time is asked
 * after at its NIC, and given up only if that has been silent for the whole time-out as well.
 */
final class Liveness {

  /** Questions that must have gone unanswered: three of four may be lost on a bad way. */
  private static final int LEAST_ASKS = 4;

  /** A question a second, to each silent partner, is nothing to a NIC. */
  private static final long LONGEST_PAUSE_NS = 1_000_000_000L;

  /** Answers to older questions count for nothing. */
  private static final int LATEST_QUESTIONS = 256;

  /** The least that options take, too. */
  private static final long LEAST_GIVE_UP_NS = 1_000_000L;

  private final Engine engine;
  private long giveUpNs;
  private long askAfterNs;
  private long pauseNs;
  private int question;

  Liveness(Engine engine) {
    this.engine = engine;
    giveUpAfter(engine.options.requestTimeout().toNanos());
  }

  /** From now on gives those up that have been silent for {@code limitNs}. */
  void giveUpAfter(long limitNs) {
    giveUpNs = Math.max(LEAST_GIVE_UP_NS, limitNs);
    askAfterNs = giveUpNs / 4;
    pauseNs = Math.min(giveUpNs / 16, LONGEST_PAUSE_NS);
  }

  /** Whether whoever is silent is to be given up; asks its NIC when that is due. */
  boolean lost(Silence silence, long nicId, long nowNs) {
    long silentNs = nowNs - silence.sinceNs;
    if (silentNs < askAfterNs) {
      engine.timers.note(silence.sinceNs + askAfterNs);
      return false;
    }
    if (silence.asks == 0 || nowNs - silence.askAtNs >= 0) {
      if (silentNs >= giveUpNs && silence.asks >= LEAST_ASKS) {
        engine.counts.giveUps++;
        return true;
      }
      ask(silence, nicId, nowNs);
    }
    engine.timers.note(silence.askAtNs);
    return false;
  }

  private void ask(Silence silence, long nicId, long nowNs) {
    silence.asks++;
    silence.askAtNs = nowNs + pauseNs;
    if (engine.commands.room() == 0) {
      return; // Our own NIC takes nothing: nobody answers.
    }
    Descriptor command = engine.commands.begin(Kind.HOST_QUERY, nicId, 0);
    command.word(++question);
    engine.commands.submit();
    engine.counts.hostQueries++;
  }

  /** A NIC has answered. */
  void answered(Descriptor event) {
    int age = question - event.word();
    if (age < 0 || age >= LATEST_QUESTIONS) {
      engine.counts.staleEras++; // Late, or the answer to who was here before.
      return;
    }
    engine.counts.hostReplies++;
    for (int i = 0; i < engine.partners.count(); i++) {
      Partner partner = engine.partners.get(i);
      if (partner.nicId() == event.nicId) {
        partner.silence.end(engine.nowNs);
      }
    }
    engine.connector.alive(event.nicId);
  }

  void runTimer(Partner partner, long nowNs) {
    if ((partner.inFlightCount() > 0 || partner.awaited())
        && lost(partner.silence, partner.nicId(), nowNs)) {
      engine.deaths.end(partner, StatusCode.ENDPOINT_UNREACHABLE);
    }
  }
}
