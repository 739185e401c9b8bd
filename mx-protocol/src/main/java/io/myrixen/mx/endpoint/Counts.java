package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.window.Kind;

/** What an endpoint counts: plain longs, written by whoever holds the gate. */
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
  long registrations;
  long stagedBytes;

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

  EndpointCounters snapshot(long doorbells) {
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
        stagedBytes);
  }
}
