package io.myrixen.mx;

/**
 * What an endpoint could not get acknowledged before it closed: of messages whose {@code isend} it
 * had called complete, and of those sent without a request.
 *
 * @param unacknowledgedMessages messages that the peer may or may not have
 * @param unacknowledgedBytes their payload, in bytes
 */
public record CloseReport(int unacknowledgedMessages, long unacknowledgedBytes) {

  /** Whether everything has been acknowledged. */
  public boolean clean() {
    return unacknowledgedMessages == 0;
  }
}
