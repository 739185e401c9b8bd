package io.myrixen.nic;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The replying end of pulls over a wire: judges what a peer asks for, and sends it in the turn of
 * the VM whose memory it is. It keeps nothing of a pull but the blocks that it has not sent yet: a
 * puller that misses something asks again. NIC's thread.
 */
final class Replier {

  /** Half of a VM's queue, so that one peer cannot keep the others from being served. */
  private static final int REQUESTS_PER_PEER = ReplyQueue.CAPACITY / 2;

  /** Twice the blocks that one pull has on their way: the others repeat them. */
  private static final int REQUESTS_PER_SLIDING_SOURCE = 8;

  /** Windows looked at in a cycle, whether they have been closed: a cycle must stay short. */
  private static final int SWEEP_LIMIT = 64;

  private final Transmitter transmitter;
  private final Bells bells;
  private final FaultSink faults;
  private final NanoClock clock;
  private final int chunkBytes;
  private final int frameBytes;

  /** Those that are asked for something. */
  private final ArrayList<VmShare> vms = new ArrayList<>();

  private final ArrayList<SlidingSource> sliding = new ArrayList<>();
  private int sweepCursor;
  private int pass;

  Replier(
      Transmitter transmitter, Bells bells, FaultSink faults, NanoClock clock, NicContext context) {
    this.transmitter = transmitter;
    this.bells = bells;
    this.faults = faults;
    this.clock = clock;
    this.chunkBytes = context.pullChunkBytes();
    this.frameBytes = transmitter.profile().pullReplyBytes();
  }

  /** Takes a PULL, or refuses it. */
  void requested(Frame frame, RemoteBoard from, LocalBoard to) {
    Delivery reached = Switchboard.reach(to, frame.destinationEndpoint);
    NicEndpoint owner =
        reached == Delivery.DELIVERED ? to.endpoint(frame.destinationEndpoint) : null;
    if (owner == null) {
      refuse(frame, from, to, reached);
    } else if (frame.session != owner.sessionId()) {
      refuse(frame, from, to, Delivery.BAD_SESSION);
    } else {
      requested(frame, from, owner);
    }
  }

  private void requested(Frame frame, RemoteBoard from, NicEndpoint owner) {
    owner.count(NicCounter.RECEIVED_PULL, 1);
    ReplyQueue queue = owner.vm().replies;
    if (queue.size() == ReplyQueue.CAPACITY || isTooMuch(queue, frame, from)) {
      owner.count(NicCounter.DROP_PULL_NOT_NOW, 1);
      return;
    }
    BlockRequest request = queue.take();
    SlidingSource source = bound(owner, frame.windowId);
    boolean theirs =
        source == null
            ? isSource(request.fixed, owner, frame.windowId)
            : source.isPulledBy(from, frame.pullHandle, frame.pullMagic);
    RdmaWindowEntry.Copy entry = source == null ? request.fixed.entry : source.side.entry;
    if (!theirs || entry.generation != frame.windowGeneration) {
      queue.giveBack(request);
      refuse(frame, from, owner.board(), Delivery.BAD_RDMA_WINDOW);
    } else if (frame.windowOffset + frame.lengthBytes > entry.messageLength) {
      queue.giveBack(request);
      owner.count(NicCounter.DROP_PULL_BAD_OFFSET, 1);
    } else if (source != null && source.requestCount == REQUESTS_PER_SLIDING_SOURCE) {
      queue.giveBack(request);
      owner.count(NicCounter.DROP_PULL_NOT_NOW, 1);
    } else {
      if (source == null && (request.fixed.sliding() || !request.fixed.backed())) {
        source = bind(request, frame, from, owner);
      }
      request.begin(frame, from, owner, source, frameBytes);
      queue.add(request);
      if (!vms.contains(owner.vm())) {
        vms.add(owner.vm());
      }
    }
  }

  /**
   * Whether {@code frame} asks for what is about to be sent, or for more than its sender's part.
   */
  private boolean isTooMuch(ReplyQueue queue, Frame frame, RemoteBoard from) {
    int count = 0;
    for (int i = 0; i < queue.size(); i++) {
      BlockRequest request = queue.get(i);
      if (request.isFor(frame, from, frameBytes)) {
        return true;
      }
      count += request.peer() == from ? 1 : 0;
    }
    return count >= REQUESTS_PER_PEER;
  }

  private static boolean isSource(Pull.Side side, NicEndpoint owner, int windowId) {
    return WindowJudge.open(side, owner, RdmaWindowEntry.SOURCE, windowId)
        || WindowJudge.announced(side, owner, windowId);
  }

  /** The window's sliding source, if it serves a pull; one whose window was closed does not. */
  private @Nullable SlidingSource bound(NicEndpoint owner, int windowId) {
    SlidingSource source = owner.slidingSource(windowId);
    if (source == null || !source.isBound()) {
      return null;
    }
    if (source.isOpen()) {
      return source;
    }
    unbind(source);
    return null;
  }

  /** Binds a window, just judged, to the pull that is the first to ask for some of it. */
  private SlidingSource bind(
      BlockRequest request, Frame frame, RemoteBoard from, NicEndpoint owner) {
    SlidingSource source = owner.newSlidingSource(frame.windowId);
    Pull.Side unused = source.side;
    source.side = request.fixed;
    request.fixed = unused;
    source.bind(from, frame.pullHandle, frame.pullMagic);
    sliding.add(source);
    if (!source.side.backed()) {
      source.side.window().wantedRelease();
      owner.moveWantedEpoch();
      bells.touch(owner);
    }
    return source;
  }

  private void refuse(Frame frame, RemoteBoard from, LocalBoard to, Delivery why) {
    if (transmitter.room() == 0 || !from.mayAnswer(clock.nanoTime())) {
      to.count(NicCounter.ANSWERS_WITHHELD, 1);
      return;
    }
    int endpoint = frame.destinationEndpoint;
    int handle = frame.pullHandle;
    int magic = frame.pullMagic;
    Frame answer = transmitter.begin(PacketType.NACK_MCP, to, from);
    answer.sourceEndpoint = endpoint;
    answer.nackType = why.nackType();
    answer.pullHandle = handle;
    answer.pullMagic = magic;
    transmitter.encode();
    transmitter.transmit();
    to.count(NicCounter.PULL_NACKS_SENT, 1);
  }

  /** Looks whether windows that peers pulled from have been closed, and who waits for nothing. */
  void doWork() {
    for (int i = vms.size() - 1; i >= 0; i--) {
      if (vms.get(i).replies.size() == 0) {
        vms.remove(i);
      }
    }
    int count = Math.min(SWEEP_LIMIT, sliding.size());
    for (int i = 0; i < count; i++) {
      if (sweepCursor >= sliding.size()) {
        sweepCursor = 0;
      }
      SlidingSource source = sliding.get(sweepCursor);
      if (source.isOpen()) {
        sweepCursor++;
      } else {
        unbind(source);
      }
      if (sliding.isEmpty()) {
        return;
      }
    }
  }

  /** Forgets what was asked of {@code source}, and whose it is. */
  private void unbind(SlidingSource source) {
    ReplyQueue queue = source.side.endpoint().vm().replies;
    for (int i = queue.size() - 1; i >= 0; i--) {
      if (queue.get(i).sliding() == source) {
        queue.remove(i);
      }
    }
    source.unbind();
    SlidingSource last = sliding.removeLast();
    if (last != source) {
      sliding.set(sliding.indexOf(source), last);
    }
  }

  /** Sends about a chunk for {@code vm}; returns what it cost, in bytes. */
  long advance(VmShare vm) {
    ReplyQueue queue = vm.replies;
    pass++;
    long sent = 0;
    int i = 0;
    while (i < queue.size() && sent < chunkBytes) {
      if (transmitter.room() == 0) {
        vm.cutShort = true;
        break;
      }
      int size = queue.size();
      BlockRequest request = queue.get(i);
      sent += advance(request, chunkBytes - sent);
      if (queue.size() < size) {
        i = 0; // A window has gone, with all that was asked of it.
      } else if (request.done()) {
        queue.remove(i);
      } else {
        i++;
      }
    }
    return sent;
  }

  private long advance(BlockRequest request, long budgetBytes) {
    long sent = 0;
    while (!request.done() && sent < budgetBytes && transmitter.room() > 0) {
      int count = request.nextBytes(frameBytes);
      SlidingSource source = request.sliding();
      if (source != null && !isThere(source, request.nextInWindow(), count)) {
        break;
      }
      if (!send(request, count)) {
        request.cancel();
        break;
      }
      sent += count;
    }
    return sent;
  }

  /** Whether some bytes are in the ring; if they will not come on their own, has them brought. */
  private boolean isThere(SlidingSource source, long position, int count) {
    boolean oldest = source.metInPass != pass;
    source.metInPass = pass;
    NicEndpoint owner = source.side.endpoint();
    return switch (source.holding(position, count, faults)) {
      case THERE -> true;
      case COMING -> false;
      case ELSEWHERE -> {
        if (oldest && source.seek(position)) {
          owner.count(NicCounter.PULL_SEEKS, 1);
          owner.moveWantedEpoch();
          bells.touch(owner);
        }
        yield false;
      }
      case GONE -> {
        if (source.isBound()) {
          unbind(source);
        }
        yield false;
      }
    };
  }

  /** Sends a frame; returns whether its window was open all the time, so that the bytes are its. */
  private boolean send(BlockRequest request, int count) {
    Pull.Side side = request.side();
    if (!side.stillOpen()) {
      return false;
    }
    NicEndpoint owner = request.owner();
    long from = request.nextInWindow();
    request.describe(
        transmitter.begin(PacketType.PULL_REPLY, owner.board(), request.peer()), count);
    transmitter.encode();
    MemorySegment memory = side.region().memory();
    int first = (int) Math.min(count, side.contiguous(from));
    transmitter.payload(0, memory, side.offsetOf(from), first);
    if (first < count) {
      transmitter.payload(first, memory, side.offsetOf(from + first), count - first);
    }
    // The bytes have been read before the header is looked at again: they were not another's yet.
    VarHandle.loadLoadFence();
    if (!side.stillOpen()) {
      return false;
    }
    transmitter.transmit();
    owner.count(NicCounter.PULL_REPLIES, 1);
    request.sent(count);
    SlidingSource source = request.sliding();
    if (source != null && source.sent(from + count, frameBytes)) {
      bells.touch(owner);
    }
    return true;
  }

  /** Whether {@link #advance} would do anything now. */
  boolean ready() {
    if (transmitter.room() == 0) {
      return false;
    }
    pass++;
    for (int i = 0; i < vms.size(); i++) {
      ReplyQueue queue = vms.get(i).replies;
      for (int j = 0; j < queue.size(); j++) {
        if (isReady(queue.get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isReady(BlockRequest request) {
    SlidingSource source = request.sliding();
    if (source == null) {
      return true;
    }
    boolean oldest = source.metInPass != pass;
    source.metInPass = pass;
    return oldest && source.stirs(request.nextInWindow(), request.nextBytes(frameBytes));
  }

  /** Forgets all that was asked of {@code endpoint}, which is being closed. */
  void closed(NicEndpoint endpoint) {
    for (int i = sliding.size() - 1; i >= 0; i--) {
      if (sliding.get(i).side.endpoint() == endpoint) {
        unbind(sliding.get(i));
      }
    }
    ReplyQueue queue = endpoint.vm().replies;
    for (int i = queue.size() - 1; i >= 0; i--) {
      if (queue.get(i).owner() == endpoint) {
        queue.remove(i);
      }
    }
  }

  /** Forgets all that was asked of {@code region}, which is being removed. */
  void removed(Region region) {
    for (int i = sliding.size() - 1; i >= 0; i--) {
      if (sliding.get(i).touches(region)) {
        unbind(sliding.get(i));
      }
    }
    for (int v = 0; v < vms.size(); v++) {
      ReplyQueue queue = vms.get(v).replies;
      for (int i = queue.size() - 1; i >= 0; i--) {
        Pull.Side side = queue.get(i).side();
        if (side.backed() && side.region() == region) {
          queue.remove(i);
        }
      }
    }
  }

  /** Forgets everything. */
  void detached() {
    while (!sliding.isEmpty()) {
      unbind(sliding.getLast());
    }
    for (VmShare vm : vms) {
      while (vm.replies.size() > 0) {
        vm.replies.remove(vm.replies.size() - 1);
      }
    }
    vms.clear();
  }
}
