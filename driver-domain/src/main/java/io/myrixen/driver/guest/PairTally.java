package io.myrixen.driver.guest;

import io.myrixen.mx.Status;

/** What became of the messages to one other guest, or of those from it, as this guest saw it. */
final class PairTally {

  private final String direction;
  private final int peer;
  private long sent;
  private long received;
  private long receivedBytes;
  private long corrupt;
  private long lost;
  private long endedByDeath;
  private String firstWrong = "";

  private PairTally(String direction, int peer) {
    this.direction = direction;
    this.peer = peer;
  }

  static PairTally to(int peer) {
    return new PairTally("to", peer);
  }

  static PairTally from(int peer) {
    return new PairTally("from", peer);
  }

  void sent(Status status, int lengthBytes, boolean peerDead) {
    if (status.ok()) {
      sent++;
    } else if (peerDead) {
      endedByDeath++;
    } else {
      lost++;
      wrong("send of %d bytes ended with %s".formatted(lengthBytes, status.code()));
    }
  }

  void received(int lengthBytes) {
    received++;
    receivedBytes += lengthBytes;
  }

  void corrupt(String what) {
    corrupt++;
    wrong(what);
  }

  void lost(String what) {
    lost++;
    wrong(what);
  }

  void endedByDeath() {
    endedByDeath++;
  }

  private void wrong(String what) {
    if (firstWrong.isEmpty()) {
      firstWrong = what;
    }
  }

  Line line() {
    return Line.of("pair")
        .with("direction", direction)
        .with("peer", peer)
        .with("sent", sent)
        .with("received", received)
        .with("receivedBytes", receivedBytes)
        .with("corrupt", corrupt)
        .with("lost", lost)
        .with("endedByDeath", endedByDeath)
        .with("wrong", firstWrong);
  }
}
