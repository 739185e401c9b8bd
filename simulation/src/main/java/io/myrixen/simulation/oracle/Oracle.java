package io.myrixen.simulation.oracle;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Is told what applications do and see, and throws a {@link ViolationException} as soon as that
 * cannot be. What can be judged at the end alone is {@link Verdict}'s.
 */
public final class Oracle {

  private record Opening(long nicId, int endpointId, int session) {}

  private final Map<Opening, Station> stations = new HashMap<>();
  private final List<Station> inOrder = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private BiPredicate<Station, Station> apart = (_, _) -> false;
  private int received;
  private long moment;

  private final LongSupplier clock;

  /** Makes one that has seen nothing, and asks {@code clock} what time it is, in nanoseconds. */
  public Oracle(LongSupplier clock) {
    this.clock = clock;
  }

  /** An endpoint has been opened. */
  public Station opened(EndpointAddress address, String name) {
    var opening = new Opening(address.nicId(), address.endpointId(), address.session());
    var station = new Station(name, opening.nicId(), opening.endpointId(), opening.session());
    if (stations.putIfAbsent(opening, station) != null) {
      throw new ViolationException("a session was given twice: " + station);
    }
    inOrder.add(station);
    return station;
  }

  /** Who stands behind an address that a library has given. */
  public Station at(EndpointAddress address) {
    Station station =
        stations.get(new Opening(address.nicId(), address.endpointId(), address.session()));
    if (station == null) {
      throw new ViolationException(
          "an address that nobody ever had: %012x/%d session %x"
              .formatted(address.nicId(), address.endpointId(), address.session()));
    }
    return station;
  }

  /**
   * An endpoint ends or cannot be reached any more: what is for it or by it may fail from now on.
   */
  public void gone(Station station, String why) {
    station.go();
    station.pairs.values().forEach(pair -> pair.excuse(why));
    for (Station other : inOrder) {
      Pair pair = other.pairs.get(station);
      if (pair != null) {
        pair.excuse(why);
      }
    }
  }

  /** An endpoint has been closed, all that it had promised being acknowledged. */
  public void closed(Station station) {
    station.go();
    for (Station other : inOrder) {
      Pair pair = other.pairs.get(station);
      if (pair != null) {
        pair.excuse("receiver closed");
      }
    }
  }

  /** From now on whom {@code ways} tells of may fail to reach each other, openings to come too. */
  public void apart(BiPredicate<Station, Station> ways, String why) {
    apart = apart.or(ways);
    for (Station from : inOrder) {
      for (Pair pair : from.pairs.values()) {
        if (ways.test(from, pair.to)) {
          pair.excuse(why);
        }
      }
    }
  }

  private Pair pair(Station from, Station to) {
    Pair pair = from.pairs.computeIfAbsent(to, _ -> new Pair(from, to));
    if (to.gone()) {
      pair.excuse("receiver gone before");
    } else if (apart.test(from, to)) {
      pair.excuse("parted for long");
    }
    return pair;
  }

  /** An application is about to send. */
  public Message sending(
      Station from, Station to, int tag, int sender, long length, boolean synchronous) {
    int id = messages.size();
    Pair pair = pair(from, to);
    var message = new Message(id, pair, MatchInfo.of(tag, sender, id), length, synchronous);
    messages.add(message);
    pair.messages.add(message);
    to.unmatched.put(id, message);
    return message;
  }

  /** From {@code limitNs} nanoseconds from now on a send that has been begun may end by time. */
  public void limiting(Message message, long limitNs) {
    message.endsNs = clock.getAsLong() + limitNs;
  }

  private boolean timeIsOver(Message message) {
    return clock.getAsLong() >= message.endsNs;
  }

  /** A send has ended with {@code status}. */
  public void sent(Message message, Status status) {
    message.ended = status.code();
    message.endedAt = ++moment;
    switch (status.code()) {
      case SUCCESS -> sentWell(message, status);
      case TRUNCATED -> sentTruncated(message, status);
      case TIMEOUT -> {
        if (!timeIsOver(message)) {
          throw new ViolationException("ended before its time: " + message);
        }
      }
      default -> {
        if (!message.pair.excused()) {
          throw new ViolationException("failed without cause: " + message);
        }
      }
    }
    if (status.matchInfo() != message.info) {
      throw new ViolationException("status of another send: " + status + " for " + message);
    }
  }

  private static void sentWell(Message message, Status status) {
    if (status.messageLength() != message.length || status.transferLength() != message.length) {
      throw new ViolationException("wrong lengths: " + status + " for " + message);
    }
  }

  private static void sentTruncated(Message message, Status status) {
    if (status.messageLength() != message.length || status.transferLength() >= message.length) {
      throw new ViolationException("truncated by nothing: " + status + " for " + message);
    }
  }

  /** An application is about to post a receive. */
  public Receive posting(Station at, long info, long mask, long capacity) {
    var receive = new Receive(at, at.receives.size(), info, mask, capacity, ++moment);
    at.receives.add(receive);
    return receive;
  }

  /**
   * A probe for {@code info} in the bits of {@code mask} has shown a message.
   *
   * @return which
   */
  public Message probed(Station at, long info, long mask, Status status) {
    Message message = message(at, status);
    if (status.code() != StatusCode.SUCCESS || !message.bears(info, mask)) {
      throw new ViolationException("not what was looked for: %s, %s".formatted(message, status));
    }
    if (message.receive != null) {
      throw new ViolationException("shown after it was received: " + message);
    }
    checkSource(message, status);
    if (status.messageLength() != message.length || status.transferLength() != message.length) {
      throw new ViolationException("wrong lengths: %s for %s".formatted(status, message));
    }
    at.looks.add(new Look(message, info, mask, at.receives.size()));
    return message;
  }

  /**
   * A receive is about to be posted for nothing but what a probe has just shown to be the oldest.
   */
  public void promised(Receive receive, Message shown) {
    receive.shown = shown;
  }

  /** A receive was taken back before anything matched it. */
  public void cancelled(Receive receive) {
    if (receive.shown != null) {
      throw new ViolationException(
          "%s was shown, and not for %s".formatted(receive.shown, receive));
    }
    receive.over = true;
  }

  /**
   * A receive has ended.
   *
   * @return the message whose contents it must hold, up to the transfer length; null if it failed
   */
  public @Nullable Message received(Receive receive, Status status) {
    receive.over = true;
    return switch (status.code()) {
      case SUCCESS, TRUNCATED -> receivedMessage(receive, status);
      default -> {
        receivedNothing(receive, status);
        yield null;
      }
    };
  }

  private Message receivedMessage(Receive receive, Status status) {
    Message message = message(receive, status);
    if (message.receive != null) {
      throw new ViolationException("twice: %s, at %s too".formatted(message, receive));
    }
    checkSource(message, status);
    long expected = Math.min(message.length, receive.capacity);
    boolean truncated = status.code() == StatusCode.TRUNCATED;
    if (status.messageLength() != message.length
        || status.transferLength() != expected
        || truncated != receive.capacity < message.length) {
      throw new ViolationException("wrong lengths: %s for %s".formatted(status, message));
    }
    boolean late = message.ended == StatusCode.SUCCESS && message.endedAt < receive.postedAt;
    if (message.synchronous && late) {
      throw new ViolationException("ended before it was matched: " + message + " by " + receive);
    }
    message.receive = receive;
    receive.message = message;
    message.pair.to.unmatched.remove(message.id);
    received++;
    return message;
  }

  private void checkSource(Message message, Status status) {
    Station source = at(status.source());
    if (!source.equals(message.pair.from)) {
      throw new ViolationException("%s seems to come from %s".formatted(message, source));
    }
  }

  private Message message(Receive receive, Status status) {
    Message message = message(receive.at, status);
    if (!receive.accepts(message)) {
      throw new ViolationException("not what was wanted: %s at %s".formatted(message, receive));
    }
    if (receive.shown != null && !receive.shown.equals(message)) {
      throw new ViolationException(
          "%s at %s, and a probe had shown %s".formatted(message, receive, receive.shown));
    }
    return message;
  }

  private Message message(Station at, Status status) {
    int id = MatchInfo.messageOf(status.matchInfo());
    if (id < 0 || id >= messages.size() || messages.get(id).info != status.matchInfo()) {
      throw new ViolationException("a message that nobody sent: %s".formatted(status));
    }
    Message message = messages.get(id);
    if (!message.pair.to.equals(at)) {
      throw new ViolationException("for somebody else: %s at %s".formatted(message, at));
    }
    return message;
  }

  /** A receive ended without a message: its endpoint does, or a large message broke off. */
  private void receivedNothing(Receive receive, Status status) {
    if (receive.at.gone()) {
      return;
    }
    Message message = message(receive, status);
    boolean timedOut = status.code() == StatusCode.BAD_RDMAWIN && timeIsOver(message);
    if (!timedOut && !message.pair.excused()) {
      throw new ViolationException("broke off without cause: %s: %s".formatted(message, status));
    }
    message.pair.to.unmatched.remove(message.id);
  }

  /**
   * Some message for {@code station} that it has not got yet, and that must come if there is one;
   * null if there is none.
   */
  public @Nullable Message someUnmatched(Station station, RandomGenerator random) {
    Message drawn = null;
    int skip = station.unmatched.isEmpty() ? 0 : random.nextInt(station.unmatched.size());
    for (Message message : station.unmatched.values()) {
      if (skip-- == 0) {
        drawn = message;
      }
    }
    Message due = drawn == null || !drawn.mayBeMissing() ? null : firstMissing(station);
    return due == null ? drawn : due;
  }

  /** Whether every message that must arrive has. */
  public boolean allArrived() {
    return firstMissing() == null;
  }

  /** A message that must arrive and has not, in words; empty if there is none. */
  public String missing() {
    Message message = firstMissing();
    return message == null ? "" : "not arrived: " + message;
  }

  private @Nullable Message firstMissing() {
    for (Station station : inOrder) {
      Message missing = station.gone() ? null : firstMissing(station);
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  private static @Nullable Message firstMissing(Station station) {
    for (Message message : station.unmatched.values()) {
      if (!message.mayBeMissing()) {
        return message;
      }
    }
    return null;
  }

  /** Messages received so far. */
  public int receivedCount() {
    return received;
  }

  /** Messages sent so far. */
  public int sentCount() {
    return messages.size();
  }

  /** Judges the whole, once nothing is under way any more. */
  public Verdict verdict() {
    return new Verdict(inOrder);
  }
}
