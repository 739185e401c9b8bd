package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;

/**
 * The pulling end of pulls over a wire: asks for frames, puts them where the VM wants them, asks
 * again for what was lost. All pulls of the NIC together never have more on their way than a switch
 * may be expected to hold, whoever sends. NIC's thread.
 */
final class Puller {

  /** As often as a VM asks whether a NIC is there that says nothing. */
  private static final long PROBE_INTERVAL_NS = 1_000_000_000L;

  private final Transmitter transmitter;
  private final Discovery discovery;
  private final PullEnds ends;
  private final Bells bells;
  private final FaultSink faults;
  private final NanoClock clock;
  private final RandomGenerator random;
  private final long timeoutNs;
  private final FetchTable fetches = new FetchTable();
  private final FetchBudget budget;
  private final RoundTrips roundTrips = new RoundTrips();

  /** Whose turn it is to ask. */
  private int cursor;

  Puller(
      Transmitter transmitter,
      Discovery discovery,
      Bells bells,
      FaultSink faults,
      NanoClock clock,
      RandomGenerator random,
      NicContext context) {
    this.transmitter = transmitter;
    this.discovery = discovery;
    this.ends = new PullEnds(bells);
    this.bells = bells;
    this.faults = faults;
    this.clock = clock;
    this.random = random;
    this.budget =
        new FetchBudget(context.pullWindowBytes(), transmitter.profile().pullReplyBytes());
    this.timeoutNs = context.pullTimeoutMs() * 1_000_000L;
  }

  boolean canBegin(NicEndpoint puller) {
    return fetches.hasRoom(puller.vm()) && !puller.pulls().isEmpty();
  }

  boolean begin(NicEndpoint puller, Descriptor command, RemoteBoard to) {
    Pull pull = fetches.hasRoom(puller.vm()) ? puller.pulls().take() : null;
    if (pull == null) {
      return false;
    }
    pull.command.set(command);
    boolean open =
        WindowJudge.openSink(
            pull.sink,
            puller,
            command.localWindowId(),
            command.localWindowGeneration(),
            command.lengthBytes());
    if (!open || command.length == 0 || ringTooSmall(pull.sink)) {
      puller.pulls().giveBack(pull);
      int status = open && command.length == 0 ? 0 : NackType.BAD_RDMA_WINDOW;
      puller.count(status == 0 ? NicCounter.PULLS_DONE : NicCounter.NACK_BAD_RDMA_WINDOW, 1);
      ends.write(puller, command, status, 0);
      return true;
    }
    puller.completions().reserve();
    puller.addPullsOnWindow(pull.sink.windowId(), 1);
    budget.begun(puller.vm());
    Fetch fetch = fetches.take();
    fetch.begin(pull, to, random.nextInt());
    fetch.window.begin(
        transmitter.profile(),
        Integer.toUnsignedLong(command.remoteWindowOffset()),
        command.lengthBytes(),
        clock.nanoTime());
    return true;
  }

  /** A ring is emptied by quarters: the rest has to hold a frame. */
  private boolean ringTooSmall(Pull.Side sink) {
    return sink.sliding()
        && sink.entry.ringBytes - sink.entry.ringBytes / 4 < transmitter.profile().pullReplyBytes()
        && sink.entry.ringBytes < sink.entry.messageLength;
  }

  /** Checks deadlines, and lets each pull in turn ask for what it may. */
  int doWork() {
    fetches.sweep();
    int count = fetches.busyCount();
    if (count == 0) {
      return 0;
    }
    long nowNs = clock.nanoTime();
    int work = 0;
    for (int i = 0; i < count; i++) {
      work += check(fetches.busy(i), nowNs);
    }
    cursor++;
    int inVain = 0;
    for (int i = Integer.remainderUnsigned(cursor, count); inVain < count; i = (i + 1) % count) {
      if (transmitter.room() == 0) {
        break;
      }
      if (request(fetches.busy(i), nowNs)) {
        inVain = 0;
        work++;
      } else {
        inVain++;
      }
    }
    return work;
  }

  private int check(Fetch fetch, long nowNs) {
    if (!fetch.active()) {
      return 0;
    }
    if (!isOpen(fetch)) {
      end(fetch, NackType.ABORTED);
      return 1;
    }
    FetchWindow window = fetch.window;
    if (silentNs(fetch, nowNs) >= timeoutNs) {
      fetch.puller().count(NicCounter.PULLS_TIMED_OUT, 1);
      end(fetch, NackType.NIC_UNREACHABLE);
      return 1;
    }
    if (window.waits() && nowNs - lateAt(fetch) >= 0) {
      fetch.puller().count(NicCounter.PULL_REPLIES_LATE, 1);
      budget.add(fetch.puller().vm(), -window.onTheirWay());
      window.timedOut();
      return 1;
    }
    return probe(fetch, nowNs);
  }

  /** How long neither the pull got on nor its peer was heard of. */
  private static long silentNs(Fetch fetch, long nowNs) {
    return Math.min(nowNs - fetch.window.lastArrivalNs(), nowNs - fetch.peer().heardNs);
  }

  /**
   * Asks a silent peer whether it is there: a NIC is, while a VM behind it computes and leaves a
   * staged message as it is.
   */
  private int probe(Fetch fetch, long nowNs) {
    RemoteBoard peer = fetch.peer();
    if (silentNs(fetch, nowNs) < timeoutNs / 4
        || peer.probeAtNs - nowNs > 0
        || transmitter.room() == 0) {
      return 0;
    }
    peer.probeAtNs = nowNs + PROBE_INTERVAL_NS;
    fetch.puller().count(NicCounter.HOST_QUERY, 1);
    discovery.ask(fetch.puller().board(), peer);
    return 1;
  }

  private static boolean isOpen(Fetch fetch) {
    return fetch.pull().sink.stillOpen();
  }

  private long lateAt(Fetch fetch) {
    return fetch.window.lateAt(roundTrips.of(fetch.peer()).timeoutNs(fetch.window.timeouts()));
  }

  private int plan(Fetch fetch, long limitBytes) {
    return fetch.window.plan(limitBytes, budget.framesFor(fetch.puller().vm()));
  }

  /** Asks for one run; returns whether there was one to ask for. */
  private boolean request(Fetch fetch, long nowNs) {
    if (!fetch.active()) {
      return false;
    }
    Pull pull = fetch.pull();
    long limit = WindowJudge.limit(pull.sink, pull.moved, faults);
    int count = limit < 0 ? 0 : plan(fetch, limit);
    if (count == 0) {
      return false;
    }
    FetchWindow window = fetch.window;
    Descriptor command = pull.command;
    long first = window.plannedFirst();
    Frame frame = transmitter.begin(PacketType.PULL, fetch.puller().board(), fetch.peer());
    frame.destinationEndpoint = command.endpoint;
    frame.sourceEndpoint = fetch.puller().id();
    frame.session = command.session;
    frame.lengthBytes = command.lengthBytes();
    frame.windowId = command.remoteWindowId();
    frame.windowGeneration = command.remoteWindowGeneration();
    frame.windowOffset = Integer.toUnsignedLong(command.remoteWindowOffset());
    frame.pullHandle = fetch.handle();
    frame.pullMagic = fetch.magic();
    frame.firstFrameOffset = window.firstFrameOffset(first);
    frame.blockBytes = (int) window.bytesOf(first, count);
    frame.frameIndex = first;
    transmitter.encode();
    transmitter.transmit();
    fetch
        .puller()
        .count(window.plannedAgain() ? NicCounter.PULL_BLOCKS_AGAIN : NicCounter.PULL_BLOCKS, 1);
    window.requested(count, nowNs);
    budget.add(fetch.puller().vm(), count);
    return true;
  }

  /** Takes a frame of a pull's data; it begins at {@code offset} of {@code memory}. */
  void reply(Frame frame, MemorySegment memory, long offset, RemoteBoard from, LocalBoard to) {
    Fetch fetch = fetches.find(frame.pullHandle);
    if (fetch == null || !fetch.isNamed(frame.pullHandle, frame.pullMagic, from, to)) {
      to.count(NicCounter.DROP_PULL_REPLY_BAD_HANDLE, 1);
      return;
    }
    FetchWindow window = fetch.window;
    long index = window.frameOf(frame.messageOffset, frame.payloadBytes, frame.frameSequence);
    if (index < 0) {
      fetch.puller().count(NicCounter.DROP_PULL_REPLY_BAD_SEQUENCE, 1);
      return;
    }
    if (!window.awaits(index)) {
      fetch
          .puller()
          .count(
              window.has(index)
                  ? NicCounter.DROP_PULL_REPLY_DUPLICATE
                  : NicCounter.DROP_PULL_REPLY_BAD_SEQUENCE,
              1);
      return;
    }
    if (isOpen(fetch)) {
      store(fetch.pull().sink, frame.messageOffset, memory, offset + frame.payloadOffset, frame);
      arrived(fetch, index, frame.payloadBytes);
    } else {
      end(fetch, NackType.ABORTED);
    }
  }

  private static void store(
      Pull.Side sink, long position, MemorySegment memory, long from, Frame frame) {
    int count = frame.payloadBytes;
    int first = (int) Math.min(count, sink.contiguous(position));
    MemorySegment target = sink.region().memory();
    MemorySegment.copy(memory, from, target, sink.offsetOf(position), first);
    if (first < count) {
      long rest = sink.offsetOf(position + first);
      MemorySegment.copy(memory, from + first, target, rest, count - first);
    }
  }

  private void arrived(Fetch fetch, long index, int byteCount) {
    FetchWindow window = fetch.window;
    Pull pull = fetch.pull();
    fetch.puller().count(NicCounter.RECEIVED_PULL_REPLY, 1);
    fetch.puller().count(NicCounter.PULLED_BYTES, byteCount);
    int before = window.onTheirWay();
    window.arrived(index, clock.nanoTime());
    budget.add(fetch.puller().vm(), window.onTheirWay() - before);
    if (window.roundTripNs() > 0) {
      roundTrips.of(fetch.peer()).measured(window.roundTripNs());
    }
    if (window.prefixBytes() != pull.moved) {
      pull.moved = window.prefixBytes();
      // Release: the VM that sees the progress sees the bytes.
      pull.sink.window().progressRelease(pull.moved);
      if (pull.sink.sliding()) {
        bells.touch(fetch.puller());
      }
    }
    if (window.complete()) {
      end(fetch, 0);
    }
  }

  /** A peer refuses what was asked for. */
  void refused(Frame frame, RemoteBoard from, LocalBoard to) {
    Fetch fetch = fetches.find(frame.pullHandle);
    if (fetch == null || !fetch.isNamed(frame.pullHandle, frame.pullMagic, from, to)) {
      to.count(NicCounter.DROP_NACK_MCP_BAD_HANDLE, 1);
      return;
    }
    NicEndpoint puller = fetch.puller();
    puller.count(NicCounter.RECEIVED_PULL_NACK, 1);
    puller.count(counterOf(frame.nackType), 1);
    end(fetch, frame.nackType);
  }

  private static NicCounter counterOf(int nackType) {
    return switch (nackType) {
      case NackType.BAD_ENDPOINT -> NicCounter.NACK_BAD_ENDPOINT;
      case NackType.ENDPOINT_CLOSED -> NicCounter.NACK_ENDPOINT_CLOSED;
      case NackType.BAD_SESSION -> NicCounter.NACK_BAD_SESSION;
      default -> NicCounter.NACK_BAD_RDMA_WINDOW;
    };
  }

  private void end(Fetch fetch, int status) {
    Pull pull = fetch.pull();
    NicEndpoint puller = fetch.puller();
    budget.add(puller.vm(), -fetch.window.onTheirWay());
    budget.ended(puller.vm());
    puller.addPullsOnWindow(pull.sink.windowId(), -1);
    puller.count(status == 0 ? NicCounter.PULLS_DONE : NicCounter.PULLS_ABORTED, 1);
    if (puller.open()) {
      puller.completions().unreserve();
      ends.write(puller, pull.command, status, pull.moved);
    }
    fetch.clear();
    puller.pulls().giveBack(pull);
  }

  /** Whether {@link #doWork} would do anything now. */
  boolean ready() {
    long nowNs = clock.nanoTime();
    for (int i = 0; i < fetches.busyCount(); i++) {
      Fetch fetch = fetches.busy(i);
      if (!fetch.active()
          || !isOpen(fetch)
          || (fetch.window.waits() && nowNs - lateAt(fetch) >= 0)
          || (transmitter.room() > 0 && plan(fetch, limitNow(fetch.pull())) > 0)) {
        return true;
      }
    }
    return false;
  }

  /** Where the sink ends for now; what is wrong with that is found when it is used. */
  private static long limitNow(Pull pull) {
    return pull.sink.sliding()
        ? pull.sink.window().watermarkAcquire()
        : pull.sink.entry.messageLength;
  }

  /** How long {@link #doWork} need not be called if no frame arrives and no VM writes. */
  long longestSleepNs() {
    long nowNs = clock.nanoTime();
    long longest = Long.MAX_VALUE;
    for (int i = 0; i < fetches.busyCount(); i++) {
      Fetch fetch = fetches.busy(i);
      if (fetch.active()) {
        longest = Math.min(longest, PROBE_INTERVAL_NS);
        if (fetch.window.waits()) {
          longest = Math.min(longest, lateAt(fetch) - nowNs);
        }
      }
    }
    return Math.max(0, longest);
  }

  /** Ends all pulls of {@code endpoint}, which is being closed. */
  void closed(NicEndpoint endpoint) {
    for (int i = 0; i < fetches.busyCount(); i++) {
      Fetch fetch = fetches.busy(i);
      if (fetch.active() && fetch.puller() == endpoint) {
        end(fetch, NackType.ABORTED);
      }
    }
  }

  /** Ends all pulls into {@code region}, which is being removed. */
  void removed(Region region) {
    for (int i = 0; i < fetches.busyCount(); i++) {
      Fetch fetch = fetches.busy(i);
      if (fetch.active() && fetch.pull().sink.region() == region) {
        end(fetch, NackType.ABORTED);
      }
    }
  }

  /** Ends all pulls. */
  void detached() {
    for (int i = 0; i < fetches.busyCount(); i++) {
      Fetch fetch = fetches.busy(i);
      if (fetch.active()) {
        end(fetch, NackType.NIC_UNREACHABLE);
      }
    }
  }
}
