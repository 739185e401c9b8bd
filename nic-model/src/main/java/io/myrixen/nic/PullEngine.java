package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
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
  private final PullEnds ends;

  PullEngine(Switchboard switchboard, Bells bells, FaultSink faults, int chunkBytes) {
    this.switchboard = switchboard;
    this.bells = bells;
    this.faults = faults;
    this.chunkBytes = chunkBytes;
    this.ends = new PullEnds(bells);
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
      ends.write(puller, command, judged.nackType(), 0);
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
        (WindowJudge.open(pull.source, owner, RdmaWindowEntry.SOURCE, command.remoteWindowId())
                || WindowJudge.announced(pull.source, owner, command.remoteWindowId()))
            && pull.source.entry.generation == command.remoteWindowGeneration()
            && command.lengthBytes() <= pull.source.entry.messageLength;
    boolean sink =
        WindowJudge.openSink(
            pull.sink,
            puller,
            command.localWindowId(),
            command.localWindowGeneration(),
            command.lengthBytes());
    return source && sink ? Delivery.DELIVERED : Delivery.BAD_RDMA_WINDOW;
  }

  /** Whether the source has its memory; tries to find it if not. */
  private boolean backed(Pull pull) {
    if (pull.source.backed()) {
      return true;
    }
    if (!pull.sink.stillOpen()) {
      end(pull, NackType.ABORTED);
      return false;
    }
    return switch (WindowJudge.back(pull.source)) {
      case THERE -> true;
      case AWAITED -> false;
      case GONE -> {
        end(pull, NackType.BAD_RDMA_WINDOW);
        yield false;
      }
    };
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
    if (!pull.sink.stillOpen()) {
      end(pull, NackType.ABORTED); // Its VM has given it up: nobody would move the watermark.
      return 0;
    }
    if (!pull.source.stillOpen()) {
      end(pull, NackType.BAD_RDMA_WINDOW); // Its sender has, as a peer's NIC would say.
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
    return pull.ended ? -1 : WindowJudge.limit(side, pull.moved, faults);
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
      ends.write(puller, pull.command, status, pull.moved);
    }
  }

  private static void occupy(Pull pull, int count) {
    pull.source.endpoint().addPullsOnWindow(pull.source.windowId(), count);
    pull.sink.endpoint().addPullsOnWindow(pull.sink.windowId(), count);
  }
}
