package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Connects, on both sides. The receiver dictates at which number the sender starts; a request or
 * reply from another opening, or from a later state of the same, replaces the partner. Nothing
 * changes before the key has been checked.
 */
final class Connector {

  /** MX's status for a wrong key. */
  private static final int BAD_KEY = 11;

  /** Nothing is known of the way yet: as the first message on a wire that was not measured. */
  private static final long FIRST_DELAY_NS = RoundTrip.FIRST_NS;

  private static final long LAST_DELAY_NS = RoundTrip.CEILING_NS;

  /** After a refusal for lack of room: the receiver's library needs a moment. */
  private static final long HURRY_NS = 10_000_000L;

  private final Engine engine;
  private final int filter;
  private final long lifetimeNs;
  private final ArrayList<EndpointRequest> connecting = new ArrayList<>();
  private int connectSequence;

  Connector(Engine engine, int filter) {
    this.engine = engine;
    this.filter = filter;
    lifetimeNs = engine.options.frameLifetime().toNanos();
  }

  /** Begins the connect that {@code request} describes. */
  void begin(EndpointRequest request) {
    if (request.connectEndpoint < 0 || request.connectEndpoint > 0xFF) {
      engine.outcomes.end(request, StatusCode.BAD_ENDPOINT, 0, 0);
      return;
    }
    Partner self = engine.self;
    if (request.connectNicId == self.nicId() && request.connectEndpoint == self.endpointId()) {
      boolean welcome = request.connectKey == filter;
      request.partner = welcome ? self : null;
      engine.outcomes.end(request, welcome ? StatusCode.SUCCESS : StatusCode.BAD_KEY, 0, 0);
      return;
    }
    request.connectNack = 0;
    request.connectSilence.end(engine.nowNs);
    connecting.add(request);
    announce(request);
    send(request);
  }

  /** Makes answers to what {@code request} said before stale. */
  private void announce(EndpointRequest request) {
    connectSequence = connectSequence + 1 & 0xFF;
    request.connectSequence = connectSequence;
    request.connectSends = 0;
    request.connectResendDelayNs = FIRST_DELAY_NS;
    request.connectResendAtNs = engine.nowNs;
  }

  /** Connects that have not ended. */
  int connectingCount() {
    return connecting.size();
  }

  private void send(EndpointRequest request) {
    if (engine.commands.room() == 0) {
      request.connectResendAtNs = engine.nowNs + HURRY_NS;
      engine.timers.note(request.connectResendAtNs);
      return;
    }
    // Where it begins now, not when the connect did: an opening that ended before it heard of that
    // may have used numbers since, and the next one would use them again.
    Partner partner = engine.partners.findOrMake(request.connectNicId, request.connectEndpoint);
    Descriptor command =
        engine.commands.begin(Kind.CONNECT_REQUEST, request.connectNicId, request.connectEndpoint);
    command.session = engine.port.sessionId();
    command.word(request.connectKey);
    command.connect(partner.nextMatch, request.connectSequence, 0);
    engine.commands.submit();
    request.connectSentNs = engine.nowNs;
    if (request.connectSends++ > 0) {
      engine.counts.resends++;
      engine.counts.resendsConnect++;
    }
    request.connectResendAtNs = engine.nowNs + request.connectResendDelayNs;
    request.connectResendDelayNs = Math.min(2 * request.connectResendDelayNs, LAST_DELAY_NS);
    engine.timers.note(request.connectResendAtNs);
  }

  void runTimers(long nowNs) {
    for (int i = connecting.size() - 1; i >= 0; i--) {
      EndpointRequest request = connecting.get(i);
      if (engine.liveness.lost(request.connectSilence, request.connectNicId, nowNs)) {
        connecting.remove(i);
        engine.outcomes.end(request, StatusCode.ENDPOINT_UNREACHABLE, 0, 0);
      } else if (nowNs - request.connectResendAtNs >= 0) {
        send(request);
      } else {
        engine.timers.note(request.connectResendAtNs);
      }
    }
  }

  /** Ends those whose own time has passed. */
  void expire(long nowNs) {
    for (int i = connecting.size() - 1; i >= 0; i--) {
      EndpointRequest request = connecting.get(i);
      if (engine.deadlines.passed(request, nowNs)) {
        connecting.remove(i);
        engine.counts.timeouts++;
        engine.outcomes.end(request, StatusCode.TIMEOUT, 0, 0);
      }
    }
  }

  /** The NIC of that id has answered a question: its endpoints' libraries may be busy. */
  void alive(long nicId) {
    for (int i = 0; i < connecting.size(); i++) {
      EndpointRequest request = connecting.get(i);
      if (request.connectNicId == nicId) {
        request.connectSilence.end(engine.nowNs);
      }
    }
  }

  /**
   * {@code dead} has been given up, though perhaps not by the other side: numbers that were
   * announced for it may have been used. Its connects begin again, in the era that follows.
   */
  void beginAgain(Partner dead) {
    for (int i = 0; i < connecting.size(); i++) {
      EndpointRequest request = connecting.get(i);
      if (request.connectNicId == dead.nicId() && request.connectEndpoint == dead.endpointId()) {
        engine.partners.findOrMake(dead.nicId(), dead.endpointId());
        announce(request);
        engine.timers.note(request.connectResendAtNs);
      }
    }
  }

  /** The request to that address has been returned for lack of room. */
  void hurry(long nicId, int endpointId) {
    EndpointRequest request = oldest(nicId, endpointId);
    if (request != null) {
      request.connectResendAtNs = engine.nowNs + HURRY_NS;
      engine.timers.note(request.connectResendAtNs);
    }
  }

  /** Takes a connect back. Returns whether it had not ended. */
  boolean cancel(EndpointRequest request) {
    return connecting.remove(request);
  }

  /**
   * A NIC has refused the request to that address: the oldest is meant. Returns whether there is
   * one.
   */
  boolean refused(long nicId, int endpointId, int nackType, StatusCode status) {
    EndpointRequest request = oldest(nicId, endpointId);
    if (request == null) {
      return false;
    }
    connecting.remove(request);
    request.connectNack = nackType;
    engine.outcomes.end(request, status, 0, 0);
    return true;
  }

  /** Ends every connect to that address. */
  void abandon(long nicId, int endpointId) {
    EndpointRequest request = oldest(nicId, endpointId);
    while (request != null) {
      connecting.remove(request);
      engine.outcomes.end(request, StatusCode.ENDPOINT_UNREACHABLE, 0, 0);
      request = oldest(nicId, endpointId);
    }
  }

  private @Nullable EndpointRequest oldest(long nicId, int endpointId) {
    for (int i = 0; i < connecting.size(); i++) {
      EndpointRequest request = connecting.get(i);
      if (request.connectNicId == nicId && request.connectEndpoint == endpointId) {
        return request;
      }
    }
    return null;
  }

  /** Somebody wants to connect to this endpoint. */
  void requested(Descriptor event) {
    if (event.word() != filter) {
      reply(event, BAD_KEY, 0);
      return;
    }
    if (isStale(event, event.session)) {
      return;
    }
    Partner known = engine.partners.find(event.nicId, event.endpoint);
    if (known != null
        && known.isConnected()
        && known.openings.isOvertaken(event, engine.arrivalsSinceNs, lifetimeNs)) {
      engine.counts.staleConnects++; // What it says is out of date, but who asks waits.
      reply(event, 0, known.nextMatch);
      return;
    }
    Partner partner = meet(event.session, event);
    partner.openings.requested(event, engine.nowNs);
    partner.backSession = event.session;
    reply(event, 0, partner.nextMatch);
  }

  private void reply(Descriptor request, int status, int receiveStart) {
    if (engine.commands.room() == 0) {
      return; // It asks again.
    }
    Descriptor command = engine.commands.begin(Kind.CONNECT_REPLY, request.nicId, request.endpoint);
    command.session = request.session;
    command.word(engine.port.sessionId());
    command.connect(receiveStart, request.connectSequence(), status);
    engine.commands.submit();
  }

  /** A connect of ours has been answered. */
  void replied(Descriptor event) {
    EndpointRequest request = waitingFor(event);
    if (request == null || event.session != engine.port.sessionId()) {
      engine.counts.staleConnects++;
      return;
    }
    switch (event.connectStatus()) {
      case 0 -> {
        if (isStale(event, event.word()) || isOfAnother(event)) {
          return;
        }
        Partner partner = meet(event.word(), event);
        connecting.remove(request);
        partner.trueSession = event.word();
        WireFlow flow = partner.flow;
        if (flow != null && request.connectSends == 1) {
          flow.roundTrip.measured(engine.nowNs - request.connectSentNs);
        }
        request.partner = partner;
        engine.outcomes.end(request, StatusCode.SUCCESS, 0, 0);
      }
      case BAD_KEY -> {
        connecting.remove(request);
        engine.outcomes.end(request, StatusCode.BAD_KEY, 0, 0);
      }
      default -> engine.counts.badEvents++; // Keeps asking.
    }
  }

  /**
   * Whether the other side turns out to have been opened anew, so that what it was told was meant
   * for the opening before, of which frames may still be under way. It is told anew.
   */
  private boolean isOfAnother(Descriptor event) {
    Partner known = engine.partners.find(event.nicId, event.endpoint);
    if (known == null || !event.overWire() || !known.isConnected() || known.is(event.word())) {
      return false;
    }
    var _ = openedAnew(known, event.word(), true);
    return true;
  }

  /**
   * {@code known} has been opened anew, as {@code session}. Over a wire its old frames may still
   * come, so that its new ones have to be of another era, which connects under way announce anew.
   *
   * @return the partner known at its address now, which may be dead
   */
  private Partner openedAnew(Partner known, int session, boolean overWire) {
    engine.counts.peerRestarts++;
    if (!overWire) {
      engine.deaths.kill(known, StatusCode.ENDPOINT_UNREACHABLE);
      return known;
    }
    known.openings.met(session, engine.nowNs);
    engine.deaths.end(known, StatusCode.ENDPOINT_UNREACHABLE);
    Partner next = engine.partners.find(known.nicId(), known.endpointId());
    return next == null ? known : next;
  }

  private @Nullable EndpointRequest waitingFor(Descriptor event) {
    for (int i = 0; i < connecting.size(); i++) {
      EndpointRequest request = connecting.get(i);
      if (request.connectNicId == event.nicId
          && request.connectEndpoint == event.endpoint
          && request.connectSequence == event.connectSequence()) {
        return request;
      }
    }
    return null;
  }

  /**
   * Whether a packet of the opening that {@code session} names may have been overtaken by one of
   * the opening after it.
   */
  private boolean isStale(Descriptor event, int session) {
    Partner partner = engine.partners.find(event.nicId, event.endpoint);
    boolean stale =
        event.overWire()
            && partner != null
            && partner.openings.maybePast(session, engine.arrivalsSinceNs, lifetimeNs);
    if (stale) {
      engine.counts.staleConnects++;
    }
    return stale;
  }

  /**
   * Returns the partner that {@code event} came from in the opening that {@code session} names,
   * connected: the one known, or a new one in its place.
   */
  private Partner meet(int session, Descriptor event) {
    int start = event.receiveSequenceStart();
    Partner known = engine.partners.find(event.nicId, event.endpoint);
    if (known != null && known.isConnected()) {
      boolean sameOpening = known.is(session);
      if (sameOpening && !Sequence.newerEra(start, known.nextSend)) {
        known.startNoEarlierThan(start);
        return known;
      }
      if (sameOpening) {
        engine.counts.peerReconnects++;
        engine.deaths.kill(known, StatusCode.ENDPOINT_UNREACHABLE);
      } else {
        known = openedAnew(known, session, event.overWire());
      }
    }
    Partner partner = known == null || known.death != null ? replace(known, event) : known;
    partner.flow =
        event.overWire()
            ? new WireFlow(engine.options.frameLifetime().toNanos(), engine.nowNs)
            : null;
    partner.silence.end(engine.nowNs);
    partner.openings.met(session, engine.nowNs);
    partner.connect(session, start);
    engine.acks.connected(partner);
    engine.sender.schedule(partner);
    return partner;
  }

  private Partner replace(@Nullable Partner known, Descriptor event) {
    // What connects under way have announced stands: the other side may know it already.
    boolean announced = oldest(event.nicId, event.endpoint) != null;
    return announced && known != null
        ? engine.partners.replace(event.nicId, event.endpoint, known.nextMatch)
        : engine.partners.replace(event.nicId, event.endpoint);
  }

  /** Ends every connect under way. */
  void endAll(StatusCode status) {
    for (EndpointRequest request : connecting) {
      engine.outcomes.end(request, status, 0, 0);
    }
    connecting.clear();
  }
}
