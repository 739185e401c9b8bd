package io.myrixen.driver.demo;

import io.myrixen.driver.guest.Line;

/**
 * What one guest saw of its messages to one other, or of those from it.
 *
 * @param guest index of who saw it
 * @param incoming whether this is about messages from the other one
 * @param peer index of the other one
 * @param sent messages sent and ended well
 * @param received messages received and verified
 * @param receivedBytes their payload
 * @param corrupt messages with wrong contents, length, sender or memory around
 * @param lost messages that ended badly or never, between two that live
 * @param endedByDeath messages that ended because the peer died
 * @param wrong the first thing wrong, or an empty text
 */
record PairResult(
    int guest,
    boolean incoming,
    int peer,
    long sent,
    long received,
    long receivedBytes,
    long corrupt,
    long lost,
    long endedByDeath,
    String wrong) {

  static PairResult read(int guest, Line line) {
    return new PairResult(
        guest,
        line.text("direction").equals("from"),
        (int) line.number("peer"),
        line.number("sent"),
        line.number("received"),
        line.number("receivedBytes"),
        line.number("corrupt"),
        line.number("lost"),
        line.number("endedByDeath"),
        line.text("wrong"));
  }

  /** How many messages there is a verdict on. */
  long judged() {
    return sent + received + corrupt + lost + endedByDeath;
  }
}
