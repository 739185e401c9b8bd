package io.myrixen.nic;

import io.myrixen.mx.wire.WireProfile;
import java.util.List;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * An attached port with all that serves it: peers and their discovery, frames out of commands,
 * events out of frames, pulls. NIC's thread.
 */
final class Wire {

  private final Port port;
  private final NanoClock clock;
  private final CachedNanoClock now = new CachedNanoClock();
  private final Switchboard switchboard;
  private final Tally counts;
  private final int batchLimit;
  private final PeerTable peers;
  private final Transmitter transmitter;
  private final Discovery discovery;
  private final MessageFrames messages;
  private final FrameReceiver receiver;
  private final WirePulls pulls;

  /** What of the NIC a wire works with. */
  record Parts(
      NicContext context,
      NanoClock clock,
      RandomGenerator random,
      Switchboard switchboard,
      Bells bells,
      FaultSink faults,
      Tally counts) {}

  /**
   * Begins without peers; {@code boards} are those of this NIC, as they come and go.
   *
   * @param namesChanged told when a peer has got a name
   */
  Wire(
      Port port, WireProfile profile, Parts parts, List<LocalBoard> boards, Runnable namesChanged) {
    this.port = port;
    this.clock = parts.clock();
    this.switchboard = parts.switchboard();
    this.counts = parts.counts();
    this.batchLimit = parts.context().batchLimit();
    now.update(clock.nanoTime());
    peers = new PeerTable(switchboard, boards);
    transmitter = new Transmitter(port, profile, counts);
    int serial = parts.random().nextInt();
    discovery = new Discovery(this, peers, transmitter, serial, parts.random().nextInt());
    for (LocalBoard board : boards) {
      discovery.add(board);
    }
    messages = new MessageFrames(transmitter);
    pulls =
        new WirePullEngine(
            transmitter,
            discovery,
            parts.bells(),
            parts.faults(),
            now,
            parts.random(),
            parts.context());
    var answers = new WireAnswers(this, transmitter, discovery, switchboard, boards, namesChanged);
    receiver = new FrameReceiver(this, profile, switchboard, discovery, answers, pulls);
  }

  /** The time at which this cycle began. */
  long nowNs() {
    return now.nanoTime();
  }

  @Nullable Route route(long nicId) {
    return switchboard.route(nicId);
  }

  /** Counts what happens at no board. */
  void count(NicCounter counter) {
    counts.add(counter, 1);
  }

  Discovery discovery() {
    return discovery;
  }

  PeerTable peers() {
    return peers;
  }

  MessageFrames messages() {
    return messages;
  }

  WirePulls pulls() {
    return pulls;
  }

  /** How many frames the port takes now. */
  int room() {
    return transmitter.room();
  }

  /** Takes a batch of frames, and does what time has come for. */
  int doWork() {
    now.update(clock.nanoTime());
    return port.receive(receiver, batchLimit) + discovery.doWork() + pulls.doWork();
  }

  /** Looks once more before the NIC sleeps; returns whether there is something to do after all. */
  boolean ready() {
    return doWork() > 0 || pulls.ready();
  }

  /** How long the NIC may sleep if no frame arrives. */
  long longestSleepNs() {
    return Math.min(discovery.longestSleepNs(), pulls.longestSleepNs());
  }

  /** Ends all that goes over this wire. */
  void detach() {
    pulls.detached();
    for (int i = 0; i < PeerTable.CAPACITY; i++) {
      RemoteBoard peer = peers.get(i);
      if (peer != null) {
        peers.remove(peer);
      }
    }
  }
}
