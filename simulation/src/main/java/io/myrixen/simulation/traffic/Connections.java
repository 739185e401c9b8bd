package io.myrixen.simulation.traffic;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.simulation.oracle.MatchInfo;
import io.myrixen.simulation.oracle.Station;
import io.myrixen.simulation.oracle.ViolationException;
import io.myrixen.simulation.time.Agenda;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whom a session can send to: connects when somebody is wanted, again when that was lost. */
final class Connections {

  private static final long RETRY_NS = 2_000_000;

  /** Tag of connects, which no message has. */
  private static final int TAG = 0xFF;

  /** Somebody, as this session knows it. */
  static final class Target {

    final Application application;

    /** Where it can be sent to; null if there is no connection. */
    @Nullable EndpointAddress address;

    @Nullable Station station;
    boolean connecting;
    boolean wanted;
    long retryNs;

    Target(Application application) {
      this.application = application;
    }
  }

  /** A connect under way. */
  static final class Attempt {

    final Target target;
    final Request request;

    /** When it may end by its time-out, in nanoseconds; never if it has none. */
    long endsNs = Agenda.NEVER_NS;

    Attempt(Session session, Target target) {
      this.target = target;
      request = session.request(this);
    }
  }

  private final Session session;
  private final List<Target> targets = new ArrayList<>();

  Connections(Session session) {
    this.session = session;
    for (Application each : session.application.traffic.applications()) {
      targets.add(new Target(each));
    }
  }

  /** Draws somebody to send to, who may have to be connected to first. */
  Target draw(RandomGenerator random) {
    Target target = targets.get(session.application.traffic.draw(session.application, random));
    target.wanted = true;
    return target;
  }

  boolean work() {
    boolean worked = false;
    for (Target target : targets) {
      boolean idle = target.address == null && !target.connecting;
      if (target.wanted && idle && session.nowNs() >= target.retryNs) {
        connect(target);
        worked = true;
      }
    }
    return worked;
  }

  private void connect(Target target) {
    target.connecting = true;
    var attempt = new Attempt(session, target);
    Place place = target.application.place;
    session.endpoint.iconnect(
        place.nicId(),
        place.endpointId(),
        Application.KEY,
        MatchInfo.of(TAG, session.application.number, 0),
        attempt.request);
    long limitNs = session.application.habits.drawLimitNs(session.random());
    if (limitNs > 0) {
      attempt.endsNs = session.nowNs() + limitNs;
      session.endpoint.requestTimeout(attempt.request, Duration.ofNanos(limitNs));
    }
  }

  void ended(Attempt attempt, Status status) {
    session.free(attempt.request);
    Target target = attempt.target;
    target.connecting = false;
    if (status.code() == StatusCode.SUCCESS) {
      target.address = status.source();
      target.station = session.application.traffic.oracle().at(status.source());
    } else {
      if (status.code() == StatusCode.TIMEOUT) {
        timedOut(attempt);
      }
      target.retryNs = session.nowNs() + RETRY_NS + session.random().nextLong(RETRY_NS);
    }
  }

  private void timedOut(Attempt attempt) {
    if (session.nowNs() < attempt.endsNs) {
      throw new ViolationException(
          "a connect to %s ended before its time".formatted(attempt.target.application));
    }
    session.application.traffic.occurrences().add(Occurrence.CONNECT_TIMED_OUT);
  }

  /** A send to {@code station} has failed: who is there now has to be found out. */
  void lost(Station station) {
    for (Target target : targets) {
      if (target.station != null && target.station.equals(station)) {
        target.address = null;
        target.station = null;
        target.retryNs = session.nowNs() + session.random().nextLong(RETRY_NS);
      }
    }
  }
}
