package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import org.jspecify.annotations.Nullable;

/**
 * How partners end: refused by their NIC, silent for too long, or opened anew. All that was meant
 * for that opening ends with the same status; connecting again makes a new partner.
 */
final class Deaths {

  /** Kind of what a refusal that came over a wire is of: MXoE does not say. */
  private static final int OVER_WIRE = 0;

  private final Engine engine;

  /** How long after an opening is met refusals may still be of the one before. */
  private final long echoNs;

  Deaths(Engine engine) {
    this.engine = engine;
    echoNs =
        2 * engine.options.frameLifetime().toNanos(); // One for the frame, one for its refusal.
  }

  /** The status that a refusal of {@code nackType} means, or null if there is no such type. */
  static @Nullable StatusCode statusOf(int nackType) {
    return switch (nackType) {
      case NackType.BAD_ENDPOINT -> StatusCode.BAD_ENDPOINT;
      case NackType.ENDPOINT_CLOSED -> StatusCode.ENDPOINT_CLOSED;
      case NackType.BAD_SESSION -> StatusCode.BAD_SESSION;
      case NackType.BAD_RDMA_WINDOW -> StatusCode.BAD_RDMAWIN;
      case NackType.ABORTED -> StatusCode.ABORTED;
      case NackType.NIC_UNREACHABLE -> StatusCode.ENDPOINT_UNREACHABLE;
      default -> null;
    };
  }

  /** A NIC has refused something we sent. */
  void refused(Descriptor event) {
    boolean wire = event.refusedKind() == OVER_WIRE;
    StatusCode status = statusOf(event.nackType());
    if (status == null || (wire && event.nackType() > NackType.BAD_SESSION)) {
      engine.counts.nacksUnknown++;
      return;
    }
    engine.counts.nacked(event.nackType());
    boolean credible =
        switch (event.refusedKind()) {
          case Kind.CONNECT_REQUEST -> connectRefused(event, status);
          case Kind.TINY, Kind.SMALL, Kind.MEDIUM, Kind.RNDV, Kind.NOTIFY ->
              messageRefused(event, status);
          case OVER_WIRE ->
              messageRefused(event, status)
                  || (mayBeConnect(event) && connectRefused(event, status));
          default -> true; // Acks and replies that nobody takes: nobody waits for them here.
        };
    if (!credible) {
      engine.counts.nacksUnmatched++;
    }
  }

  /** A connect has no number, and is to no session: any other refusal is of a message. */
  private static boolean mayBeConnect(Descriptor event) {
    return event.sequence == 0 && event.nackType() != NackType.BAD_SESSION;
  }

  private boolean connectRefused(Descriptor event, StatusCode status) {
    return engine.connector.refused(event.nicId, event.endpoint, event.nackType(), status);
  }

  private boolean messageRefused(Descriptor event, StatusCode status) {
    Partner partner = engine.partners.find(event.nicId, event.endpoint);
    if (partner == null || !names(partner, event)) {
      return false;
    }
    end(partner, status);
    return true;
  }

  /** Whether the refusal is of something that is in flight to this opening of the partner. */
  private boolean names(Partner partner, Descriptor event) {
    if (!partner.isConnected()) {
      return false;
    }
    if (event.session != 0 && event.session != partner.trueSession) {
      return false; // Of something sent to the opening before.
    }
    WireFlow flow = partner.flow;
    if (flow != null && engine.arrivalsSinceNs - flow.metNs < echoNs) {
      return false; // It may be so as well. If not, what is sent again will be refused again.
    }
    if (partner.inFlight(event.sequence) != null) {
      return true;
    }
    boolean probe = event.sequence == Sequence.previous(partner.nextSend);
    return probe && partner.awaited();
  }

  /**
   * Tells who sent {@code event} that it has been given up here. A refusal that is lost, or finds
   * no room, is made again when the message comes again.
   */
  void refuse(Descriptor event) {
    if (engine.commands.room() == 0) {
      return;
    }
    Descriptor command = engine.commands.begin(Kind.NACK, event.nicId, event.endpoint);
    command.sequence = event.sequence;
    command.nack(NackType.BAD_SESSION, event.kind);
    engine.commands.submit();
  }

  /** The application wants to know {@code partner} no more. */
  void disconnect(Partner partner) {
    if (partner.self) {
      engine.selfSends.dropDeferred(StatusCode.ENDPOINT_UNREACHABLE);
    } else {
      if (partner.death == null) {
        kill(partner, StatusCode.ENDPOINT_UNREACHABLE);
      }
      engine.connector.abandon(partner.nicId(), partner.endpointId());
    }
    engine.matching.disconnect(partner);
  }

  /** {@code partner} is no more, or not to be reached, for all that its NIC says or does not. */
  void end(Partner partner, StatusCode status) {
    kill(partner, status);
    engine.connector.beginAgain(partner);
  }

  /** Ends everything that concerns {@code partner} with {@code status}. */
  void kill(Partner partner, StatusCode status) {
    partner.death = status;
    partner.full = false;
    partner.ackOwed = false;
    partner.unprepared = null;
    Outgoing message = partner.pollInFlight();
    while (message != null) {
      partner.unmarkResend(message);
      engine.sender.drop(message, status);
      message = partner.pollInFlight();
    }
    drop(partner.announced, status);
    drop(partner.notifies, status);
    drop(partner.waiting, status);
    boolean cancelled = status == StatusCode.CANCELLED;
    engine.matching.forget(partner, cancelled ? status : StatusCode.ENDPOINT_UNREACHABLE);
  }

  private void drop(OutgoingQueue queue, StatusCode status) {
    Outgoing message = queue.poll();
    while (message != null) {
      engine.sender.drop(message, status);
      message = queue.poll();
    }
  }
}
