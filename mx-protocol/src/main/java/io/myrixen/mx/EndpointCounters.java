package io.myrixen.mx;

import java.util.List;

/**
 * What an endpoint has done since it was opened: a copy, of one moment only as far as no other
 * thread was inside.
 *
 * @param tinySent messages of up to 32 bytes sent, resends not counted
 * @param smallSent messages of up to 128 bytes sent
 * @param mediumSent messages up to the rendezvous threshold sent
 * @param largeSent messages sent by rendezvous
 * @param selfSent messages sent to the endpoint itself
 * @param bytesSent payload of all these
 * @param tinyReceived messages taken into order, by class
 * @param smallReceived see {@code tinyReceived}
 * @param mediumReceived see {@code tinyReceived}
 * @param largeReceived see {@code tinyReceived}
 * @param bytesReceived payload delivered to receives
 * @param unexpected messages that arrived before their receive
 * @param unexpectedDropped messages refused because the unexpected memory was full
 * @param early messages that arrived out of order and were kept
 * @param duplicates messages that had arrived before
 * @param acksSent acknowledgements that travelled alone
 * @param resends messages, rendezvous and notifies sent again
 * @param receiverFull commands returned because the receiver had no room
 * @param nacks refusals received
 * @param badEvents events that broke the protocol and were dropped
 * @param doorbells notifications raised towards the NIC
 * @param registrations regions registered now, that for staging included
 * @param stagedBytes payload that passed through staged memory
 * @param reliability why things were sent again, dropped, refused or held back
 */
public record EndpointCounters(
    long tinySent,
    long smallSent,
    long mediumSent,
    long largeSent,
    long selfSent,
    long bytesSent,
    long tinyReceived,
    long smallReceived,
    long mediumReceived,
    long largeReceived,
    long bytesReceived,
    long unexpected,
    long unexpectedDropped,
    long early,
    long duplicates,
    long acksSent,
    long resends,
    long receiverFull,
    long nacks,
    long badEvents,
    long doorbells,
    long registrations,
    long stagedBytes,
    ReliabilityCounters reliability) {

  /** What is counted, in words, in the order of {@link #values}. */
  public static List<String> labels() {
    return CounterTable.LABELS;
  }

  /** The counts, in the order of {@link #labels}. */
  public long[] values() {
    return CounterTable.values(this);
  }
}
