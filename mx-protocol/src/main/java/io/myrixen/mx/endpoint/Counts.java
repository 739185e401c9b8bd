package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.ReliabilityCounters;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;

/**
 * What an endpoint counts: plain longs, written by whoever holds the gate. Anybody may read them; a
 * count that is a moment old does no harm.
 */
final class Counts {

  long tinySent;
  long smallSent;
  long mediumSent;
  long largeSent;
  long selfSent;
  long bytesSent;
  long tinyReceived;
  long smallReceived;
  long mediumReceived;
  long largeReceived;
  long bytesReceived;
  long unexpected;
  long unexpectedDropped;
  long early;
  long duplicates;
  long acksSent;
  long resends;
  long receiverFull;
  long nacks;
  long badEvents;
  long stagedBytes;
  long resendsTimeout;
  long resendsFast;
  long resendsGap;
  long resendsCredit;
  long resendsConnect;
  long probes;
  long staleEras;
  long beyondWindow;
  long strangers;
  long staleConnects;
  long nacksBadEndpoint;
  long nacksEndpointClosed;
  long nacksBadSession;
  long nacksUnreachable;
  long nacksUnmatched;
  long nacksUnknown;
  long wraps;
  long hostQueries;
  long hostReplies;
  long giveUps;
  long timeouts;
  long peerRestarts;
  long peerReconnects;
  long heldByCongestion;
  long heldByLifetime;
  long announcedForLag;
  long gapsTold;

  void sent(int kind, long lengthBytes) {
    switch (kind) {
      case Kind.TINY -> tinySent++;
      case Kind.SMALL -> smallSent++;
      case Kind.MEDIUM -> mediumSent++;
      case Kind.RNDV -> largeSent++;
      default -> {
        return; // A notify is no message of the application's.
      }
    }
    bytesSent += lengthBytes;
  }

  void received(int kind) {
    switch (kind) {
      case Kind.TINY -> tinyReceived++;
      case Kind.SMALL -> smallReceived++;
      case Kind.MEDIUM -> mediumReceived++;
      case Kind.RNDV -> largeReceived++;
      default -> {}
    }
  }

  void nacked(int nackType) {
    nacks++;
    switch (nackType) {
      case NackType.BAD_ENDPOINT -> nacksBadEndpoint++;
      case NackType.ENDPOINT_CLOSED -> nacksEndpointClosed++;
      case NackType.BAD_SESSION -> nacksBadSession++;
      case NackType.NIC_UNREACHABLE -> nacksUnreachable++;
      default -> {} // Of pulls, whose completions tell.
    }
  }

  private ReliabilityCounters reliability() {
    return new ReliabilityCounters(
        resendsTimeout,
        resendsFast,
        resendsGap,
        resendsCredit,
        resendsConnect,
        probes,
        staleEras,
        beyondWindow,
        strangers,
        staleConnects,
        nacksBadEndpoint,
        nacksEndpointClosed,
        nacksBadSession,
        nacksUnreachable,
        nacksUnmatched,
        nacksUnknown,
        wraps,
        hostQueries,
        hostReplies,
        giveUps,
        timeouts,
        peerRestarts,
        peerReconnects,
        heldByCongestion,
        heldByLifetime,
        announcedForLag,
        gapsTold);
  }

  EndpointCounters snapshot(long doorbells, long registrations) {
    return new EndpointCounters(
        tinySent,
        smallSent,
        mediumSent,
        largeSent,
        selfSent,
        bytesSent,
        tinyReceived,
        smallReceived,
        mediumReceived,
        largeReceived,
        bytesReceived,
        unexpected,
        unexpectedDropped,
        early,
        duplicates,
        acksSent,
        resends,
        receiverFull,
        nacks,
        badEvents,
        doorbells,
        registrations,
        stagedBytes,
        reliability());
  }
}
