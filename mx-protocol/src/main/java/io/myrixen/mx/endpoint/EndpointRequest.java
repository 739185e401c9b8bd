package io.myrixen.mx.endpoint;

import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.match.MatchNode;
import io.myrixen.mx.memory.SegmentList;
import io.myrixen.mx.memory.StagedSink;
import org.jspecify.annotations.Nullable;

/**
 * A request of an endpoint's: what it was started as, and its outcome once there is one. Confined
 * to whoever holds the gate, but for the context.
 *
 * <pre>
 *   FREE --start--&gt; STARTED --end--&gt; DONE --outcome taken--&gt; FREE
 *                |  \---cancelled--------------------------------^
 *                \--forgotten--&gt; FORGOTTEN --end-------------------^
 * </pre>
 */
final class EndpointRequest extends MatchNode implements Request {

  /** What a request was started as. */
  enum Kind {
    SEND,
    RECEIVE,
    CONNECT
  }

  private enum State {
    FREE,
    STARTED,
    DONE,
    FORGOTTEN
  }

  final Engine engine;

  /** A receive's memory. */
  final SegmentList segments = new SegmentList();

  Kind kind = Kind.SEND;
  private State state = State.FREE;
  private @Nullable Object context;

  /** The other side, as the status will tell it. */
  @Nullable Partner partner;

  /** A send's message, until the request has ended. */
  @Nullable Outgoing outgoing;

  /** Whether a receive's memory has gone away under it. */
  boolean faulty;

  /** Whether it is to end with TIMEOUT at {@link #deadlineNs}. */
  boolean limited;

  long deadlineNs;

  private StatusCode code = StatusCode.PENDING;
  private long messageLength;
  private long transferLength;

  /** A receive's staged sink, made when first needed. */
  private @Nullable StagedSink sink;

  /** A connect's target and progress. */
  long connectNicId;

  int connectEndpoint;
  int connectKey;
  int connectSequence;
  long connectResendAtNs;
  long connectResendDelayNs;
  long connectSentNs;
  int connectSends;
  final Silence connectSilence = new Silence();

  /** What refused a connect: one of NackType, or 0. */
  int connectNack;

  /** Whether it is the library's own, of which nobody is told. */
  final boolean internal;

  EndpointRequest(Engine engine, boolean internal) {
    this.engine = engine;
    this.internal = internal;
  }

  @Override
  public boolean pending() {
    return state != State.FREE;
  }

  @Override
  public @Nullable Object context() {
    return context;
  }

  @Override
  public Request context(@Nullable Object value) {
    context = value;
    return this;
  }

  boolean started() {
    return state == State.STARTED;
  }

  boolean done() {
    return state == State.DONE;
  }

  boolean forgotten() {
    return state == State.FORGOTTEN;
  }

  /** Nobody wants its outcome. Not for one that has ended. */
  void forget() {
    state = State.FORGOTTEN;
  }

  /** Refuses a request that is in use. */
  void checkFree() {
    if (state != State.FREE) {
      throw new MxException(
          ReturnCode.BAD_REQUEST, "the request is in use as a %s, %s".formatted(kind, state));
    }
  }

  void start(Kind as, long info, long mask) {
    kind = as;
    partner = null;
    faulty = false;
    limited = false;
    code = StatusCode.PENDING;
    match(info, mask);
    state = State.STARTED;
  }

  void end(StatusCode with, long messageBytes, long transferBytes) {
    code = with;
    messageLength = messageBytes;
    transferLength = transferBytes;
    outgoing = null;
    segments.clear();
    state = state == State.FORGOTTEN ? State.FREE : State.DONE;
  }

  /** Makes it free without an outcome. */
  void abandon() {
    outgoing = null;
    segments.clear();
    state = State.FREE;
  }

  void takeOutcome(Status into) {
    into.set(code, partner, matchInfo(), messageLength, transferLength, context);
    state = State.FREE;
  }

  StatusCode code() {
    return code;
  }

  StagedSink sink() {
    if (sink == null) {
      sink = new StagedSink(segments);
    }
    return sink;
  }
}
