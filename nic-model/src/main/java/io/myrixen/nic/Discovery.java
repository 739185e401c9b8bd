package io.myrixen.nic;

import io.myrixen.mx.board.Peer;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the boards of NICs on one wire known to each other. Each board of this NIC tells of itself,
 * often at first and whenever somebody new is heard, rarely later; whoever is heard becomes a peer
 * and is asked for its name. NIC's thread.
 */
final class Discovery {

  /** MX's schedule: eight times in a row, so that one of them gets through. */
  private static final int FAST_COUNT = 8;

  private static final long FAST_INTERVAL_NS = 1_000_000_000L;
  private static final long SLOW_INTERVAL_NS = 180_000_000_000L;

  /** Longer than any interval. */
  private static final long LONGEST_NS = 2 * SLOW_INTERVAL_NS;

  /** When to look again at a port that was full. */
  private static final long RETRY_NS = 1_000_000;

  /** As often as MX asks for a name. */
  private static final long NAME_INTERVAL_NS = 5_000_000_000L;

  /**
   * Intervals are made longer by up to this part of them, by chance: NICs that began together would
   * else speak together for ever, and where queues are short, always lose the same frames.
   */
  private static final int SPREAD = 4;

  /** One board's announcements of itself. */
  private static final class Herald {
    final LocalBoard board;
    int fastLeft = FAST_COUNT;
    long spokeNs;
    long dueNs;

    Herald(LocalBoard board, long dueNs) {
      this.board = board;
      this.dueNs = dueNs;
    }
  }

  private final Wire wire;
  private final PeerTable peers;
  private final Transmitter transmitter;
  private final int serial;
  private final int magic;
  private final SplittableRandom random;
  private final ArrayList<Herald> heralds = new ArrayList<>();

  /** When something is due, at the earliest. */
  private long dueNs;

  /**
   * Begins with no board.
   *
   * @param serial tells this start from those before
   * @param magic what answers to our questions have to bear
   */
  Discovery(Wire wire, PeerTable peers, Transmitter transmitter, int serial, int magic) {
    this.wire = wire;
    this.peers = peers;
    this.transmitter = transmitter;
    this.serial = serial;
    this.magic = magic;
    this.random = new SplittableRandom((long) serial << Integer.SIZE ^ magic);
    this.dueNs = wire.nowNs();
  }

  /** Lets {@code board} tell of itself. */
  void add(LocalBoard board) {
    heralds.add(new Herald(board, wire.nowNs()));
    dueNs = wire.nowNs();
  }

  /** {@code board} is being removed. */
  void remove(LocalBoard board) {
    heralds.removeIf(herald -> herald.board == board);
  }

  /** Somebody tells of itself. */
  void heard(Frame frame) {
    if (frame.nicId != frame.source) {
      wire.count(NicCounter.DROP_BAD_PEER_ADDR);
      return;
    }
    RemoteBoard peer =
        switch (wire.route(frame.source)) {
          case RemoteBoard known -> known;
          case LocalBoard _ -> null; // An echo of ourselves, or somebody who claims to be us.
          case null -> peers.add(wire, frame.source, wire.nowNs());
        };
    if (peer == null) {
      wire.count(NicCounter.DROP_BAD_PEER_ADDR);
    } else if (peer.discovered(frame.magic)) {
      peers.forgetIndexes(peer);
      peer.nameWanted = true;
      dueNs = wire.nowNs();
      beginAnew();
    }
  }

  /** Somebody may not know us: tells of every board again, but none more often than before. */
  private void beginAnew() {
    for (Herald herald : heralds) {
      boolean slow = herald.fastLeft == 0;
      if (slow) {
        herald.dueNs = herald.spokeNs + spread(FAST_INTERVAL_NS);
      }
      herald.fastLeft = FAST_COUNT;
    }
  }

  /** Sends what is due. Returns how many frames that were. */
  int doWork() {
    long nowNs = wire.nowNs();
    if (dueNs - nowNs > 0) {
      return 0;
    }
    int sent = 0;
    long sleepNs = LONGEST_NS;
    for (Herald herald : heralds) {
      if (herald.dueNs - nowNs <= 0 && transmitter.room() > 0) {
        announce(herald.board);
        herald.spokeNs = nowNs;
        herald.fastLeft = Math.max(herald.fastLeft - 1, 0);
        herald.dueNs = nowNs + spread(herald.fastLeft > 0 ? FAST_INTERVAL_NS : SLOW_INTERVAL_NS);
        sent++;
      }
      sleepNs = Math.min(sleepNs, untilNs(herald.dueNs));
    }
    for (int i = 0; i < PeerTable.CAPACITY && !heralds.isEmpty(); i++) {
      RemoteBoard peer = peers.get(i);
      if (peer == null || !peer.nameWanted) {
        continue;
      }
      if (peer.askNameAtNs - nowNs <= 0 && transmitter.room() > 0) {
        LocalBoard asking = heralds.getFirst().board;
        ask(asking, peer);
        asking.count(NicCounter.HOST_QUERY, 1);
        peer.askNameAtNs = nowNs + spread(NAME_INTERVAL_NS);
        sent++;
      }
      sleepNs = Math.min(sleepNs, untilNs(peer.askNameAtNs));
    }
    dueNs = nowNs + sleepNs;
    return sent;
  }

  private long spread(long intervalNs) {
    return intervalNs + random.nextLong(intervalNs / SPREAD);
  }

  /** How long until {@code timeNs}; of what is due and found no room, until the next try. */
  private long untilNs(long timeNs) {
    long remainingNs = timeNs - wire.nowNs();
    return remainingNs > 0 ? remainingNs : RETRY_NS;
  }

  /** How long it may go without {@link #doWork}. */
  long longestSleepNs() {
    return Math.max(dueNs - wire.nowNs(), 0);
  }

  private void announce(LocalBoard board) {
    Frame frame = transmitter.beginBroadcast(PacketType.RAW, board);
    frame.nicId = board.nicId();
    frame.magic = serial;
    transmitter.encode();
    transmitter.transmit();
    board.count(NicCounter.RAW, 1);
  }

  /** Asks {@code peer} for its name, and if it is there; tells it our index. There is room. */
  void ask(LocalBoard from, RemoteBoard peer) {
    Frame frame = transmitter.begin(PacketType.HOST_QUERY, from, peer);
    frame.reverseIndex = peer.index();
    frame.magic = magic;
    transmitter.encode();
    transmitter.transmit();
  }

  /** Whether an answer is to a question of ours. */
  boolean knows(int answeredMagic) {
    return answeredMagic == magic;
  }

  /** Adds a peer that need not be heard; null as {@link PeerTable#add} says. */
  @Nullable RemoteBoard add(long nicId, String hostname) {
    RemoteBoard peer =
        wire.route(nicId) instanceof RemoteBoard known
            ? known
            : peers.add(wire, nicId, wire.nowNs());
    if (peer != null) {
      peer.hostname(hostname);
    }
    return peer;
  }

  /** The peers whose name is known, in no order. */
  List<Peer> named() {
    var named = new ArrayList<Peer>();
    for (int i = 0; i < PeerTable.CAPACITY; i++) {
      RemoteBoard peer = peers.get(i);
      String hostname = peer == null ? null : peer.hostname();
      if (peer != null && hostname != null) {
        named.add(new Peer(peer.nicId(), hostname));
      }
    }
    return named;
  }
}
