package io.myrixen.simulation.traffic;

import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.simulation.oracle.MatchInfo;
import io.myrixen.simulation.oracle.Message;
import io.myrixen.simulation.oracle.Oracle;
import io.myrixen.simulation.oracle.Receive;
import io.myrixen.simulation.oracle.ViolationException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a session receives: exactly, by tag, by sender, anything; sometimes too short. */
final class Receives {

  /** How long receives may stay without a message before the oldest are taken back. */
  private static final long PATIENCE_NS = 2_000_000;

  private static final long LONGEST_PATIENCE_NS = 500_000_000;

  private static final long EXACT = -1L;

  /** Capacities of receives that do not know what comes; some are too short for some messages. */
  private static final long[] CAPACITIES = {64, 4_096, 40_000, 40_000, 300_000, Sizes.LARGEST};

  /** What a receive wants. */
  private record Selector(long info, long mask) {
    Selector {
      info &= mask;
    }
  }

  /** A receive under way. */
  static final class Posted {

    final Receive receive;
    final Request request;
    final Buffers.Loan loan;
    final Pieces pieces;

    Posted(Session session, Receive receive, Buffers.Loan loan, Pieces pieces) {
      this.receive = receive;
      this.loan = loan;
      this.pieces = pieces;
      request = session.request(this);
    }
  }

  private final Session session;
  private final Set<Posted> posted = new LinkedHashSet<>();
  private final Status look = new Status();
  private long quietSinceNs;
  private long patienceNs = PATIENCE_NS;

  Receives(Session session) {
    this.session = session;
    quietSinceNs = session.nowNs();
  }

  boolean work() {
    Habits habits = session.application.habits;
    boolean late = session.nowNs() - quietSinceNs > patienceNs;
    if (late && session.station.unmatchedCount() > 0) {
      quietSinceNs = session.nowNs();
      patienceNs = Math.min(2 * patienceNs, LONGEST_PATIENCE_NS);
      if (hasRoom() || cancelOldest()) {
        postForWhatIsThere();
      }
      return true;
    }
    int begun = 0;
    while (begun < habits.batch()
        && posted.size() < Math.min(habits.receiveWindow(), 1 + session.station.unmatchedCount())) {
      postSome(habits);
      begun++;
    }
    return begun > 0;
  }

  /** Whether one more may be posted. */
  boolean hasRoom() {
    return posted.size() < session.application.habits.receiveWindow();
  }

  /** Whatever context it is of: what has been sent need not have come, nor ever come. */
  private void postForWhatIsThere() {
    if (session.endpoint.iprobe(0, 0, look)) {
      receiveShown(0, 0, look);
      return;
    }
    Message wanted = oracle().someUnmatched(session.station, session.random());
    if (wanted != null) {
      var _ = post(wanted.info(), 0, Sizes.LARGEST);
    }
  }

  private Oracle oracle() {
    return session.application.traffic.oracle();
  }

  private void count(Occurrence occurrence) {
    session.application.traffic.occurrences().add(occurrence);
  }

  private void postSome(Habits habits) {
    RandomGenerator random = session.random();
    Message expected = null;
    if (random.nextInt(100) < habits.exactPercent()) {
      expected = oracle().someUnmatched(session.station, random);
    }
    if (expected != null) {
      var _ = postExact(expected);
      return;
    }
    int tag = random.nextInt(Sends.TAGS);
    int sender = random.nextInt(session.application.traffic.applications().size());
    long info = MatchInfo.of(tag, sender, 0);
    long mask = drawMask(random);
    if (random.nextInt(100) >= habits.probePercent() || !probe(info & mask, mask)) {
      var _ = post(info, mask, CAPACITIES[random.nextInt(CAPACITIES.length)]);
    }
  }

  private static long drawMask(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> MatchInfo.TAG_MASK;
      case 1 -> MatchInfo.SENDER_MASK;
      case 2 -> MatchInfo.TAG_MASK | MatchInfo.SENDER_MASK;
      default -> 0;
    };
  }

  /** Looks for a message, and posts a receive if there is one. Returns whether there is. */
  private boolean probe(long info, long mask) {
    boolean shown = session.endpoint.iprobe(info, mask, look);
    if (shown) {
      count(Occurrence.PROBE_SHOWED);
      receiveShown(info, mask, look);
    } else {
      count(Occurrence.PROBE_IN_VAIN);
    }
    return shown;
  }

  /**
   * Posts a receive that wants no more than a probe did, and has to get what the probe has shown.
   */
  void receiveShown(long info, long mask, Status status) {
    Message shown = oracle().probed(session.station, info, mask, status);
    RandomGenerator random = session.random();
    Receive receive =
        random.nextInt(4) == 0
            ? postExact(shown)
            : post(shown.info(), mask, CAPACITIES[random.nextInt(CAPACITIES.length)]);
    oracle().promised(receive, shown);
  }

  private Receive postExact(Message expected) {
    RandomGenerator random = session.random();
    long shorter = random.nextInt(8) == 0 ? random.nextLong(expected.length() + 1) : 0;
    return post(expected.info(), EXACT, expected.length() - shorter);
  }

  /** Posts a receive for {@code like} in the bits of {@code mask}, and in those of a context. */
  private Receive post(long like, long mask, long capacity) {
    return post(new Selector(like, mask | session.application.habits.contextMask()), capacity);
  }

  private Receive post(Selector selector, long capacity) {
    RandomGenerator random = session.random();
    Habits habits = session.application.habits;
    Buffers.Loan loan =
        session.receiveBuffers.take(capacity, random.nextInt(100) < habits.registeredPercent());
    boolean cut = random.nextInt(100) < habits.cutPercent();
    Pieces pieces = cut ? Pieces.cut(loan.memory(), random) : Pieces.whole(loan.memory());
    Receive receive = oracle().posting(session.station, selector.info(), selector.mask(), capacity);
    var begun = new Posted(session, receive, loan, pieces);
    posted.add(begun);
    session.endpoint.irecv(pieces.segments(), selector.info(), selector.mask(), begun.request);
    return receive;
  }

  void ended(Posted ended, Status status) {
    quietSinceNs = session.nowNs();
    patienceNs = PATIENCE_NS;
    posted.remove(ended);
    @Nullable Message message = oracle().received(ended.receive, status);
    if (message != null) {
      ended.pieces.check(message.key(), status.transferLength());
      ended.pieces.clear(status.transferLength());
      if (ended.receive.probed()) {
        count(Occurrence.PROBED_RECEIVED);
      }
    } else {
      if (status.code() == StatusCode.BAD_RDMAWIN) {
        count(Occurrence.RECEIVE_BROKEN_OFF);
      }
      ended.pieces.clear(ended.loan.memory().byteSize());
    }
    give(ended);
  }

  private void give(Posted ended) {
    session.receiveBuffers.give(ended.loan);
    session.free(ended.request);
  }

  /** Takes the oldest receive back, unless it has been matched. */
  private boolean cancelOldest() {
    for (Posted oldest : posted) {
      return cancel(oldest);
    }
    return true;
  }

  private boolean cancel(Posted receive) {
    boolean cancelled = session.endpoint.cancel(receive.request);
    if (cancelled) {
      posted.remove(receive);
      oracle().cancelled(receive.receive);
      give(receive);
    }
    return cancelled;
  }

  /** Takes all back. Nothing is under way any more, so that none of them can have been matched. */
  void cancelAll() {
    for (Posted each : Set.copyOf(posted)) {
      if (!cancel(each)) {
        throw new ViolationException("matched by nothing: " + each.receive);
      }
    }
  }
}
