package io.myrixen.nic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The boards behind the wire, by index. Bounded: any station on the wire can claim to be one. */
final class PeerTable {

  /** As many as Open-MX's default. */
  static final int CAPACITY = 1024;

  /** Of a MAC: set if it names a group of stations. */
  private static final long GROUP_BIT = 1L << 40;

  private final Switchboard switchboard;
  private final List<LocalBoard> boards;
  private final @Nullable RemoteBoard[] peers = new @Nullable RemoteBoard[CAPACITY];
  private long order;

  /** Begins without peers; {@code boards} are those of this NIC, as they come and go. */
  PeerTable(Switchboard switchboard, List<LocalBoard> boards) {
    this.switchboard = switchboard;
    this.boards = boards;
  }

  /**
   * Adds a peer; if there is no room, in place of the one that has not told its name for longest.
   *
   * @return null if the table is full of peers with names, or the id is no station's or that of a
   *     board of this NIC
   */
  @Nullable RemoteBoard add(Wire wire, long nicId, long nowNs) {
    if (switchboard.route(nicId) != null || (nicId & GROUP_BIT) != 0) {
      return null;
    }
    int index = freeIndex();
    if (index < 0) {
      return null;
    }
    var peer = new RemoteBoard(wire, nicId, index, order++, nowNs);
    peers[index] = peer;
    switchboard.add(peer);
    return peer;
  }

  private int freeIndex() {
    for (int i = 0; i < CAPACITY; i++) {
      if (peers[i] == null) {
        return i;
      }
    }
    RemoteBoard oldest = null;
    for (RemoteBoard peer : peers) {
      boolean older =
          peer != null
              && peer.hostname() == null
              && (oldest == null || peer.order() < oldest.order());
      oldest = older ? peer : oldest;
    }
    if (oldest == null) {
      return -1;
    }
    remove(oldest);
    return oldest.index();
  }

  /** Forgets a peer: its id leads nowhere. */
  void remove(RemoteBoard peer) {
    peers[peer.index()] = null;
    switchboard.remove(peer);
    forgetIndexes(peer);
    for (int i = 0; i < boards.size(); i++) {
      boards.get(i).forgetQueries(peer);
    }
  }

  /** Forgets under which indexes {@code peer} knows our boards: it has begun anew, or goes. */
  void forgetIndexes(RemoteBoard peer) {
    for (int i = 0; i < boards.size(); i++) {
      boards.get(i).indexAt(peer, LocalBoard.UNKNOWN_INDEX);
    }
  }

  /** The peer of that index, below {@link #CAPACITY}. */
  @Nullable RemoteBoard get(int index) {
    return peers[index];
  }
}
