package io.myrixen.nic;

import org.jspecify.annotations.Nullable;

/** The peers of which one endpoint has asked whether they are there. NIC's thread. */
final class HostQueries {

  /** No cookie: cookies have 32 bits. */
  static final long NONE = -1L;

  /** Peers at once; who asks of more loses the oldest question, and asks again. */
  private static final int LIMIT = 16;

  private final @Nullable RemoteBoard[] peers = new @Nullable RemoteBoard[LIMIT];
  private final int[] cookies = new int[LIMIT];
  private int oldest;

  /** Remembers a question; of one peer the last. */
  void ask(RemoteBoard peer, int cookie) {
    peer.asked = true;
    for (int i = 0; i < LIMIT; i++) {
      if (peers[i] == peer) {
        cookies[i] = cookie;
        return;
      }
    }
    peers[oldest] = peer;
    cookies[oldest] = cookie;
    oldest = (oldest + 1) % LIMIT;
  }

  /** Takes the question about {@code peer}: its cookie, unsigned, or {@link #NONE}. */
  long take(RemoteBoard peer) {
    for (int i = 0; i < LIMIT; i++) {
      if (peers[i] == peer) {
        peers[i] = null;
        return Integer.toUnsignedLong(cookies[i]);
      }
    }
    return NONE;
  }
}
