package io.myrixen.nic;

import org.jspecify.annotations.Nullable;

/** How long each peer takes to reply, as far as that is known. */
final class RoundTrips {

  private final @Nullable RoundTrip[] byIndex = new RoundTrip[PeerTable.CAPACITY];

  /** What is known of {@code peer}, or of who had its index before: that corrects itself. */
  RoundTrip of(RemoteBoard peer) {
    RoundTrip known = byIndex[peer.index()];
    if (known == null) {
      known = new RoundTrip();
      byIndex[peer.index()] = known;
    }
    return known;
  }
}
