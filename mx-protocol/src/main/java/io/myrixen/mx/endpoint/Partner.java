package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One remote endpoint in one of its openings: sessions and both sequence spaces. When the remote
 * endpoint is opened anew, or given up, this object dies and another takes its place. Confined to
 * whoever holds the gate, but for what never changes.
 *
 * <pre>
 *   sending     ... acknowledged | firstUnacked ... in flight ... | nextSend ... waiting
 *   receiving   ... complete | nextComplete ... partial ... | nextMatch ... early ...
 * </pre>
 */
final class Partner implements EndpointAddress {

  /**
   * Messages that may be unacknowledged: as many as the receiver keeps early beyond the one it
   * waits for, plus that one, so that none of ours is ever refused for its place in the order.
   */
  static final int WINDOW = 256;

  /**
   * Of these, what messages may take. The rest is for notifies, which a receiver acts upon before
   * their turn: those that it has no memory for must not keep it from hearing that its own are
   * taken.
   */
  static final int MESSAGE_WINDOW = WINDOW - 32;

  /** The partners it is one of: addresses of other endpoints are told by it. */
  final Partners owner;

  private final long nicId;
  private final int endpointId;
  final boolean self;

  /** Whether the other side's session is known, so that it can be sent to. */
  boolean connected;

  /** What is known of the way to it if a wire is between, on which frames are lost; else null. */
  @Nullable WireFlow flow;

  /** Session for messages, as a connect's reply told it. */
  int trueSession;

  /** Session for what answers, as a connect's request told it. */
  int backSession;

  /** What is known of the openings at its address. */
  Openings openings = new Openings();

  /** Why it can be sent to no more, or null. */
  @Nullable StatusCode death;

  final OutgoingQueue waiting = new OutgoingQueue();
  final OutgoingQueue notifies = new OutgoingQueue();

  /** Rendezvous that are acknowledged and wait for their NOTIFY. */
  final OutgoingQueue announced = new OutgoingQueue();

  /** The first of {@link #waiting} that is not prepared; those after it are not either. */
  @Nullable Outgoing unprepared;

  /** In flight, at the number's low bits; made when first sent to. */
  private @Nullable Outgoing[] inFlight = {};

  int firstUnacked;
  int nextSend;
  int notifiesInFlight;

  /** Whether it stands in the sender's queue of partners. */
  boolean queuedToSend;

  /** Whether it said that it has no room, and at which credit epoch. */
  boolean full;

  boolean queuedFull;
  long fullEpoch;
  int resendCount;

  /** A number at or before the first one to be sent again. */
  int resendFrom;

  long resendAtNs;

  /** When something was last acknowledged, or first sent after all was. */
  long progressNs;

  /** Time-outs since then. */
  int timeouts;

  /** Whether so much has waited for so long since then that more had better be announced. */
  boolean lags;

  final Silence silence = new Silence();
  Recovery recovery = Recovery.NONE;

  /** Where {@link #recovery} ends: what is sent from this number on is new. */
  int recoverUntil;

  /** How many messages the next acknowledgement that stops short has sent again. */
  int recoverStep;

  long probeAtNs;

  int nextMatch;
  int nextComplete;

  /** Partial messages between nextComplete and nextMatch, in order. */
  @Nullable Incoming partial;

  /** Messages beyond nextMatch, in order. */
  @Nullable Incoming early;

  int unackedMessages;
  long unackedBytes;

  /** Whether an acknowledgement is owed at {@link #ackAtNs}. */
  boolean ackOwed;

  long ackAtNs;
  boolean queuedToAck;

  /** Whether a message of its was dropped for lack of memory, of which it is to hear. */
  boolean starved;

  int ackNumber;
  int lastAckNumber;

  /** The application's; volatile, since several of its threads may share the address. */
  private volatile @Nullable Object context;

  Partner(Partners owner, long nicId, int endpointId, boolean self, int receiveStart) {
    this.owner = owner;
    this.nicId = nicId;
    this.endpointId = endpointId;
    this.self = self;
    nextMatch = receiveStart;
    nextComplete = receiveStart;
  }

  @Override
  public long nicId() {
    return nicId;
  }

  @Override
  public int endpointId() {
    return endpointId;
  }

  @Override
  public int session() {
    return trueSession;
  }

  @Override
  public @Nullable Object context() {
    return context;
  }

  @Override
  public EndpointAddress context(@Nullable Object value) {
    context = value;
    return this;
  }

  /** Learns the other side's session, and the number it expects first. */
  void connect(int session, int sendStart) {
    trueSession = session;
    backSession = session;
    startAt(sendStart);
    connected = true;
  }

  private void startAt(int sendStart) {
    nextSend = sendStart;
    firstUnacked = sendStart;
    resendFrom = sendStart;
  }

  /**
   * Learns once more what the other side expects next. That may lie beyond all that has been sent:
   * then the numbers between are an earlier opening's of ours, of which it said less at first.
   */
  void startNoEarlierThan(int sendStart) {
    if (firstUnacked == nextSend
        && Sequence.sameEra(sendStart, nextSend)
        && Sequence.distance(nextSend, sendStart) > 0) {
      startAt(sendStart);
    }
  }

  /** Takes the place of {@code former} at their address. */
  void succeed(Partner former) {
    openings = former.openings;
  }

  /** Whether it is connected and has not been given up. */
  boolean isConnected() {
    return connected && death == null;
  }

  /** Whether {@code session} is that of its opening, as far as is known. */
  boolean is(int session) {
    return trueSession == session;
  }

  int inFlightCount() {
    return Sequence.distance(firstUnacked, nextSend);
  }

  /** Whether it owes us a NOTIFY, the rest of a message, or one before those that came early. */
  boolean awaited() {
    return !announced.isEmpty() || partial != null || early != null;
  }

  /** The message in flight under {@code sequence}, if there is one. */
  @Nullable Outgoing inFlight(int sequence) {
    if (inFlight.length == 0
        || !Sequence.sameEra(sequence, nextSend)
        || Sequence.distance(firstUnacked, sequence) < 0
        || Sequence.distance(sequence, nextSend) <= 0) {
      return null;
    }
    return inFlight[sequence & (WINDOW - 1)];
  }

  /** Gives {@code message} the next number. The caller has looked at {@link #inFlightCount}. */
  void number(Outgoing message) {
    if (inFlight.length == 0) {
      inFlight = new Outgoing[WINDOW];
    }
    if (message.kind == Kind.NOTIFY) {
      notifiesInFlight++;
    }
    message.sequence = nextSend;
    inFlight[nextSend & (WINDOW - 1)] = message;
    nextSend = Sequence.next(nextSend);
  }

  /** Takes the oldest in flight out. */
  @Nullable Outgoing pollInFlight() {
    if (firstUnacked == nextSend) {
      return null;
    }
    int slot = firstUnacked & (WINDOW - 1);
    Outgoing message = inFlight[slot];
    inFlight[slot] = null;
    firstUnacked = Sequence.next(firstUnacked);
    if (message != null && message.kind == Kind.NOTIFY) {
      notifiesInFlight--;
    }
    return message;
  }

  /** Marks {@code message}, which is in flight, to be sent again. */
  void markResend(Outgoing message) {
    if (message.resend) {
      return;
    }
    message.resend = true;
    if (resendCount++ == 0 || Sequence.distance(message.sequence, resendFrom) > 0) {
      resendFrom = message.sequence;
    }
  }

  void unmarkResend(Outgoing message) {
    if (message.resend) {
      message.resend = false;
      resendCount--;
    }
  }

  /** The first in flight that is to be sent again. */
  @Nullable Outgoing firstToResend() {
    if (resendCount == 0) {
      return null;
    }
    if (Sequence.distance(resendFrom, firstUnacked) > 0) {
      resendFrom = firstUnacked;
    }
    while (resendFrom != nextSend) {
      Outgoing message = inFlight[resendFrom & (WINDOW - 1)];
      if (message != null && message.resend) {
        return message;
      }
      resendFrom = Sequence.next(resendFrom);
    }
    return null;
  }

  @Override
  public String toString() {
    return "%012x/%d".formatted(nicId, endpointId);
  }
}
