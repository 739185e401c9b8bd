package io.myrixen.simulation.traffic;

import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.simulation.oracle.Message;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What a session sends. */
final class Sends {

  /** Tags are below it: few, so that receives by tag find several. */
  static final int TAGS = 4;

  /** One in so many small messages is sent without a request. */
  private static final int FORGOTTEN_ONE_IN = 10;

  private static final int LONGEST_FORGOTTEN = 4_096;

  /** A send under way. */
  static final class Sent {

    final Message message;
    final Request request;
    final Buffers.Loan loan;

    Sent(Session session, Message message, Buffers.Loan loan) {
      this.message = message;
      this.loan = loan;
      request = session.request(this);
    }
  }

  private final Session session;
  private int underWay;
  private long begun;

  Sends(Session session) {
    this.session = session;
  }

  int underWay() {
    return underWay;
  }

  /** How many have been begun so far. */
  long begun() {
    return begun;
  }

  boolean work() {
    Application application = session.application;
    int count = 0;
    for (int i = 0; i < application.habits.batch(); i++) {
      if (application.quota == 0 || underWay >= application.habits.sendWindow()) {
        break;
      }
      Connections.Target target = session.connections.draw(session.random());
      if (target.address != null) {
        send(target);
        application.quota--;
        count++;
      }
    }
    begun += count;
    return count > 0;
  }

  private void send(Connections.Target target) {
    RandomGenerator random = session.random();
    Habits habits = session.application.habits;
    int length = Sizes.draw(random);
    boolean synchronous = random.nextInt(100) < habits.synchronousPercent();
    Message message =
        session
            .application
            .traffic
            .oracle()
            .sending(
                session.station,
                Objects.requireNonNull(target.station),
                random.nextInt(TAGS),
                session.application.number,
                length,
                synchronous);
    if (length <= LONGEST_FORGOTTEN && !synchronous && random.nextInt(FORGOTTEN_ONE_IN) == 0) {
      sendForgotten(target, message);
      return;
    }
    Buffers.Loan loan =
        session.sendBuffers.take(length, random.nextInt(100) < habits.registeredPercent());
    boolean cut = random.nextInt(100) < habits.cutPercent();
    Pieces pieces = cut ? Pieces.cut(loan.memory(), random) : Pieces.whole(loan.memory());
    pieces.fill(message.key());
    var sent = new Sent(session, message, loan);
    underWay++;
    begin(target, pieces.segments(), message, sent.request, synchronous);
  }

  private void begin(
      Connections.Target target,
      List<MemorySegment> segments,
      Message message,
      Request request,
      boolean synchronous) {
    var to = Objects.requireNonNull(target.address);
    if (synchronous) {
      session.endpoint.issend(segments, to, message.info(), request);
    } else {
      session.endpoint.isend(segments, to, message.info(), request);
    }
    long limitNs = session.application.habits.drawLimitNs(session.random());
    if (limitNs > 0) {
      session.application.traffic.oracle().limiting(message, limitNs);
      session.endpoint.requestTimeout(request, Duration.ofNanos(limitNs));
    }
  }

  /** Nobody will say when its memory may be used again: it never is. */
  private void sendForgotten(Connections.Target target, Message message) {
    MemorySegment memory = MemorySegment.ofArray(new byte[(int) message.length()]);
    Pieces.whole(memory).fill(message.key());
    session.endpoint.isend(
        new ArrayList<>(List.of(memory)),
        Objects.requireNonNull(target.address),
        message.info(),
        null);
  }

  void ended(Sent sent, Status status) {
    underWay--;
    session.application.traffic.oracle().sent(sent.message, status);
    session.sendBuffers.give(sent.loan);
    session.free(sent.request);
    switch (status.code()) {
      case SUCCESS, TRUNCATED -> {}
      case TIMEOUT -> // Whom it was for may well be there.
          session.application.traffic.occurrences().add(Occurrence.SEND_TIMED_OUT);
      default -> session.connections.lost(sent.message.to());
    }
  }
}
