package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DMA engine: begins pulls between the RDMA windows of two endpoints of this NIC, moves them on
 * chunk by chunk, ends them. Bytes go from region to region, once.
 */
final class PullEngine {

  private final Switchboard switchboard;
  private final Bells bells;
  private final FaultSink faults;
  private final int chunkBytes;
  private final Descriptor completion = new Descriptor();

  PullEngine(Switchboard switchboard, Bells bells, FaultSink faults, int chunkBytes) {
    this.switchboard = switchboard;
    this.bells = bells;
    this.faults = faults;
    this.chunkBytes = chunkBytes;
  }

  /**
   * Begins the pull that {@code command} asks for, or answers why not. A pull must be free in the
   * puller's pool, and room for a completion.
   */
  void begin(NicEndpoint puller, Descriptor command, Pull pull) {
    pull.command.set(command);
    Delivery judged = judge(puller, pull);
    if (judged != Delivery.DELIVERED) {
      puller.count(judged.counter(), 1);
      puller.count(NicCounter.RECEIVED_PULL_NACK, 1);
      puller.pulls().giveBack(pull);
      complete(puller, command, judged.nackType(), 0);
      return;
    }
    puller.completions().reserve();
    occupy(pull, 1);
    pull.source.endpoint().count(NicCounter.RECEIVED_PULL, 1);
    puller.vm().pulls().add(pull);
    if (!pull.source.backed()) {
      pull.source.window().wantedRelease();
      pull.source.endpoint().moveWantedEpoch();
      bells.touch(pull.source.endpoint());
    }
  }

  private Delivery judge(NicEndpoint puller, Pull pull) {
    return switch (switchboard.route(pull.command.nicId)) {
      case null -> Delivery.NIC_UNREACHABLE;
      case LocalBoard board -> judge(puller, pull, board);
      case RemoteBoard _ -> Delivery.NIC_UNREACHABLE; // By this engine: its wire has another.
    };
  }

  private static Delivery judge(NicEndpoint puller, Pull pull, LocalBoard board) {
    Descriptor command = pull.command;
    Delivery reached = Switchboard.reach(board, command.endpoint);
    NicEndpoint owner = reached == Delivery.DELIVERED ? board.endpoint(command.endpoint) : null;
    if (owner == null) {
      return reached;
    }
    if (command.session != owner.sessionId()) {
      return Delivery.BAD_SESSION;
    }
    boolean source =
        (open(pull.source, owner, RdmaWindowEntry.SOURCE, command.remoteWindowId())
                || announced(pull.source, owner, command.remoteWindowId()))
            && pull.source.entry.generation == command.remoteWindowGeneration()
            && command.lengthBytes() <= pull.source.entry.messageLength;
    boolean sink =
        open(pull.sink, puller, RdmaWindowEntry.SINK, command.localWindowId())
            && pull.sink.entry.generation == command.localWindowGeneration()
            && command.lengthBytes() <= pull.sink.entry.messageLength
            && pull.sink.region().writable();
    return source && sink ? Delivery.DELIVERED : Delivery.BAD_RDMA_WINDOW;
  }

  /** Copies an entry once and judges the copy; all that follows believes the copy alone. */
  private static boolean open(Pull.Side side, NicEndpoint endpoint, int state, int windowId) {
    RdmaWindowEntry window = endpoint.rdmaWindow(windowId);
    if (window == null) {
      return false;
    }
    RdmaWindowEntry.Copy entry = side.entry;
    window.read(entry);
    Region region = endpoint.regions().get(entry.regionId);
    if (entry.state != state || region == null || !inside(entry, region.memory().byteSize())) {
      return false;
    }
    if (side.sliding() && endpoint.pullsOnWindow(windowId) > 0) {
      return false; // One progress can tell of one pull.
    }
    side.begin(endpoint, windowId, window, region);
    return true;
  }

  /** Whether the window has been announced, and gets its memory when the pull asks for it. */
  private static boolean announced(Pull.Side side, NicEndpoint endpoint, int windowId) {
    RdmaWindowEntry window = endpoint.rdmaWindow(windowId);
    if (window == null
        || side.entry.state != RdmaWindowEntry.ANNOUNCED
        || endpoint.pullsOnWindow(windowId) > 0) {
      return false;
    }
    side.begin(endpoint, windowId, window, null);
    return true;
  }

  /** Whether the source has its memory; tries to find it if not. */
  private boolean backed(Pull pull) {
    Pull.Side source = pull.source;
    if (source.backed()) {
      return true;
    }
    if (!pull.sink.window().stillOpen(pull.sink.entry)) {
      end(pull, NackType.ABORTED);
      return false;
    }
    if (source.window().stillOpen(source.entry)) {
      return false;
    }
    RdmaWindowEntry.Copy then = source.entry;
    int generation = then.generation;
    long messageLength = then.messageLength;
    source.window().read(then);
    Region region = source.endpoint().regions().get(then.regionId);
    if (then.state != RdmaWindowEntry.SOURCE
        || then.generation != generation
        || then.messageLength != messageLength
        || region == null
        || !inside(then, region.memory().byteSize())) {
      end(pull, NackType.ABORTED);
      return false;
    }
    source.back(region);
    return true;
  }

  private static boolean inside(RdmaWindowEntry.Copy entry, long regionBytes) {
    if ((entry.ringBytes & (entry.ringBytes - 1)) != 0) {
      return false;
    }
    long extent = entry.ringBytes != 0 ? entry.ringBytes : entry.messageLength;
    return entry.regionOffset >= 0
        && entry.regionOffset <= regionBytes
        && extent <= regionBytes - entry.regionOffset;
  }

  /**
   * Moves a pull on by a chunk at most.
   *
   * @return bytes moved; 0 if it waits for a watermark, or has ended
   */
  long advance(Pull pull) {
    if (!backed(pull)) {
      return 0;
    }
    if (!pull.stillOpen()) {
      end(pull, NackType.ABORTED); // Its VM has given it up: nobody would move the watermark.
      return 0;
    }
    long until = Math.min(limit(pull, pull.source), limit(pull, pull.sink));
    if (pull.ended) {
      return 0; // One of the watermarks was a fault.
    }
    long length = pull.command.lengthBytes();
    long at = pull.moved;
    long bytes = Math.min(Math.min(until, length) - at, chunkBytes);
    bytes = Math.min(bytes, Math.min(pull.source.contiguous(at), pull.sink.contiguous(at)));
    if (bytes > 0) {
      MemorySegment.copy(
          pull.source.region().memory(),
          pull.source.offsetOf(at),
          pull.sink.region().memory(),
          pull.sink.offsetOf(at),
          bytes);
      pull.moved = at + bytes;
      pull.sink.endpoint().count(NicCounter.PULLED_BYTES, bytes);
      publish(pull, pull.source);
      publish(pull, pull.sink);
    }
    if (pull.moved == length) {
      end(pull, 0);
    }
    return bytes;
  }

  /** Whether {@link #advance} would do anything. */
  boolean ready(Pull pull) {
    return pull.ended
        || !pull.stillOpen() // Given up, or backed.
        || pull.moved == pull.command.lengthBytes()
        || (pull.source.backed() && ready(pull, pull.source) && ready(pull, pull.sink));
  }

  private static boolean ready(Pull pull, Pull.Side side) {
    return !side.sliding() || side.window().watermarkAcquire() != pull.moved;
  }

  private long limit(Pull pull, Pull.Side side) {
    if (pull.ended || !side.sliding()) {
      return side.entry.messageLength;
    }
    // Acquire: pairs with watermarkRelease; the bytes below are written, or read.
    long watermark = side.window().watermarkAcquire();
    if (watermark < side.watermark
        || watermark > side.entry.messageLength
        || watermark > pull.moved + side.entry.ringBytes) {
      faults.fault(side.endpoint(), "watermark", watermark);
      return 0;
    }
    side.watermark = watermark;
    return watermark;
  }

  private void publish(Pull pull, Pull.Side side) {
    side.window().progressRelease(pull.moved);
    if (side.sliding()) {
      bells.touch(side.endpoint());
    }
  }

  /** Ends every pull in {@code pulls} that touches {@code endpoint}, which is being closed. */
  void abort(List<Pull> pulls, NicEndpoint endpoint) {
    for (int i = 0; i < pulls.size(); i++) {
      Pull pull = pulls.get(i);
      if (!pull.ended && pull.touches(endpoint)) {
        end(pull, NackType.ABORTED);
      }
    }
  }

  /** Ends every pull in {@code pulls} that touches {@code region}, which is being removed. */
  void abort(List<Pull> pulls, @Nullable Region region) {
    for (int i = 0; i < pulls.size(); i++) {
      Pull pull = pulls.get(i);
      if (!pull.ended && region != null && pull.touches(region)) {
        end(pull, NackType.ABORTED);
      }
    }
  }

  private void end(Pull pull, int status) {
    pull.ended = true;
    occupy(pull, -1);
    NicEndpoint puller = pull.sink.endpoint();
    puller.count(status == 0 ? NicCounter.PULLS_DONE : NicCounter.PULLS_ABORTED, 1);
    if (puller.open()) {
      puller.completions().unreserve();
      complete(puller, pull.command, status, pull.moved);
    }
  }

  private static void occupy(Pull pull, int count) {
    pull.source.endpoint().addPullsOnWindow(pull.source.windowId(), count);
    pull.sink.endpoint().addPullsOnWindow(pull.sink.windowId(), count);
  }

  private void complete(NicEndpoint puller, Descriptor command, int status, long moved) {
    completion.clear();
    completion.kind = Kind.PULL_DONE;
    completion.endpoint = command.endpoint;
    completion.nicId = command.nicId;
    completion.session = command.session;
    completion.length = (int) moved;
    completion.cookie(command.cookie());
    completion.pullStatus(status);
    puller.completions().write(completion);
    bells.touch(puller);
  }
}
