package io.myrixen.mx.endpoint;

import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.mx.match.PostedReceives;
import io.myrixen.mx.match.UnexpectedMessages;
import io.myrixen.mx.window.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's state as lines of text. Used inside the gate, so it is quick: lists are cut after a
 * few entries, their length being told, and nothing is formatted but numbers. That also bounds it
 * to {@link EndpointInspection#MAX_CHARS}.
 */
final class Description {

  /** Entries of a list: a person looks at the first few, and the rest is a number. */
  static final int MOST_ENTRIES = 16;

  private final Engine engine;
  private final StringBuilder text = new StringBuilder(2_048);

  Description(Engine engine) {
    this.engine = engine;
  }

  /** Returns all lines, the thread's being {@code wait}. */
  String of(Wait wait) {
    endpoint();
    thread(wait);
    window();
    receives(engine.matching.posted());
    messages(engine.matching.unexpected());
    partners();
    counts();
    waits(wait);
    return text.toString();
  }

  private void endpoint() {
    line("endpoint");
    put("id", engine.port.endpointId());
    put("session", Integer.toHexString(engine.port.sessionId()));
    put("shared", engine.options.shared());
    put("background", engine.options.backgroundProgress());
    put("gone", engine.gone());
  }

  private void thread(Wait wait) {
    line("thread");
    put("state", wait.state());
    put("waits-for", wait.goal());
    EndpointRequest request = wait.request();
    if (request != null) {
      put("request", request.kind.name().toLowerCase(Locale.ROOT));
      put("info", Long.toHexString(request.matchInfo()));
      Partner partner = request.partner;
      put("partner", address(partner));
    } else if (wait.matchMask() != 0) {
      put("info", Long.toHexString(wait.matchInfo()));
      put("mask", Long.toHexString(wait.matchMask()));
    }
  }

  private void window() {
    line("window");
    put("commands-written", engine.commands.written());
    put("commands-taken", engine.gone() ? 0 : engine.commands.consumedByNic());
    put("command-room", engine.commands.room());
    put("events-read", engine.receiver.eventsRead());
    put("received-bytes", engine.receiver.bytesRead());
    put("completions-read", engine.completions.read());
    put("send-slots-free", engine.eager.freeSlots());
  }

  private void receives(PostedReceives<EndpointRequest> posted) {
    line("posted");
    put("receives", posted.size());
    EndpointRequest receive = posted.oldest();
    for (int i = 0; i < MOST_ENTRIES && receive != null; i++) {
      line("receive");
      put("info", Long.toHexString(receive.matchInfo()));
      put("mask", Long.toHexString(receive.matchMask()));
      put("bytes", receive.segments.lengthBytes());
      receive = posted.after(receive);
    }
  }

  private void messages(UnexpectedMessages<Incoming> unexpected) {
    line("unexpected");
    put("messages", unexpected.size());
    put("memory-bytes", engine.matching.unexpectedBytes());
    put("peak-bytes", engine.matching.unexpectedPeakBytes());
    Incoming message = unexpected.first();
    for (int i = 0; i < MOST_ENTRIES && message != null; i++) {
      line("message");
      put("class", name(message.kind));
      put("info", Long.toHexString(message.matchInfo()));
      put("bytes", message.lengthBytes);
      put("whole", message.whole());
      put("from", address(message.partner));
      message = unexpected.after(message);
    }
  }

  private static String name(int kind) {
    return switch (kind) {
      case Kind.TINY -> "tiny";
      case Kind.SMALL -> "small";
      case Kind.MEDIUM -> "medium";
      case Kind.RNDV -> "large";
      default -> "self";
    };
  }

  private void partners() {
    line("partners");
    put("count", engine.partners.count());
    put("connecting", engine.connector.connectingCount());
    for (int i = 0; i < Math.min(MOST_ENTRIES, engine.partners.count()); i++) {
      partner(engine.partners.get(i));
    }
  }

  private void partner(Partner partner) {
    line("partner");
    put("address", address(partner));
    put("state", state(partner));
    put("next-send", Sequence.number(partner.nextSend));
    put("unacked", partner.inFlightCount());
    put("resend", partner.resendCount);
    put("queued", !partner.waiting.isEmpty() || !partner.notifies.isEmpty());
    put("full", partner.full);
    put("large-unanswered", !partner.announced.isEmpty());
    put("next-match", Sequence.number(partner.nextMatch));
    put("next-complete", Sequence.number(partner.nextComplete));
    put("partial", length(partner.partial));
    put("early", length(partner.early));
    put("ack-owed", partner.ackOwed);
    WireFlow flow = partner.flow;
    put("wire", flow != null);
    if (flow != null) {
      put("resend-after-us", flow.roundTrip.timeoutNs() / 1_000);
      put("on-the-way-bytes", flow.window.outstandingBytes());
      put("may-be-bytes", flow.window.windowBytes());
      put("held-for-lifetime", flow.held);
    }
  }

  private static String state(Partner partner) {
    if (partner.death != null) {
      return "dead-" + partner.death.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return partner.self ? "self" : partner.connected ? "connected" : "unconnected";
  }

  private static String address(@Nullable Partner partner) {
    return partner == null ? "-" : Long.toHexString(partner.nicId()) + "/" + partner.endpointId();
  }

  private static int length(@Nullable Incoming list) {
    int length = 0;
    for (Incoming message = list; message != null; message = message.next) {
      length++;
    }
    return length;
  }

  private void counts() {
    line("counts");
    put("resends", engine.counts.resends);
    put("receiver-full", engine.counts.receiverFull);
    put("unexpected-dropped", engine.counts.unexpectedDropped);
    put("duplicates", engine.counts.duplicates);
    put("nacks", engine.counts.nacks);
    put("bad-events", engine.counts.badEvents);
    reasons(engine.counts);
    line("pulls");
    put("under-way", engine.pulls.underWay());
    put("waiting", engine.pulls.waiting());
  }

  private void reasons(Counts counts) {
    line("resends");
    put("time-out", counts.resendsTimeout);
    put("repeated-acks", counts.resendsFast);
    put("next-gap", counts.resendsGap);
    put("credit", counts.resendsCredit);
    put("connect", counts.resendsConnect);
    put("probe", counts.probes);
    line("drops");
    put("stale-era", counts.staleEras);
    put("beyond-window", counts.beyondWindow);
    put("stranger", counts.strangers);
    put("stale-connect", counts.staleConnects);
    put("nack-of-nothing", counts.nacksUnmatched);
    put("nack-unknown", counts.nacksUnknown);
    line("silence");
    put("host-queries", counts.hostQueries);
    put("host-replies", counts.hostReplies);
    put("given-up", counts.giveUps);
    put("restarted-peers", counts.peerRestarts);
    put("reconnected-peers", counts.peerReconnects);
    line("held");
    put("congestion", counts.heldByCongestion);
    put("frame-lifetime", counts.heldByLifetime);
    put("only-announced", counts.announcedForLag);
    put("wraps", counts.wraps);
  }

  /** What has to come from elsewhere before anything goes on. */
  private void waits(Wait wait) {
    if (engine.gone()) {
      waits("nothing-the-device-has-gone", 0);
      return;
    }
    if (engine.matching.posted().size() > 0) {
      waits("message-for-a-posted-receive", engine.matching.posted().size());
    }
    if (engine.commands.room() == 0) {
      waits("nic-to-take-commands", engine.commands.written() - engine.commands.consumedByNic());
    }
    if (engine.connector.connectingCount() > 0) {
      waits("answer-to-a-connect", engine.connector.connectingCount());
    }
    if (engine.pulls.underWay() > 0) {
      waits("nic-to-end-a-pull", engine.pulls.underWay());
    }
    int unacked = 0;
    int full = 0;
    int announced = 0;
    for (int i = 0; i < engine.partners.count(); i++) {
      Partner partner = engine.partners.get(i);
      unacked += partner.death == null && partner.inFlightCount() > 0 ? 1 : 0;
      full += partner.full ? 1 : 0;
      announced += partner.announced.isEmpty() ? 0 : 1;
    }
    waitsIfAny("partner-to-acknowledge", unacked);
    waitsIfAny("partner-to-have-room", full);
    waitsIfAny("partner-to-take-a-large-message", announced);
    if (text.lastIndexOf("\nwaits ") < 0 && wait.equals(Wait.AWAY)) {
      waits("application-to-call", 0);
    }
  }

  private void waitsIfAny(String what, int count) {
    if (count > 0) {
      waits(what, count);
    }
  }

  private void waits(String what, long count) {
    line("waits");
    put("for", what);
    put("count", count);
  }

  private void line(String word) {
    text.append(text.isEmpty() ? "" : "\n").append(word);
  }

  private void put(String key, String value) {
    text.append(' ').append(key).append('=').append(value);
  }

  private void put(String key, long value) {
    text.append(' ').append(key).append('=').append(value);
  }

  private void put(String key, boolean value) {
    text.append(' ').append(key).append('=').append(value);
  }
}
