package io.myrixen.mx.endpoint;

import io.myrixen.mx.MxException;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.memory.RdmaWindows;
import io.myrixen.mx.memory.RegionLocation;
import io.myrixen.mx.memory.StagedSink;
import io.myrixen.mx.memory.StagingPool;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * The receiving side of rendezvous: has the NIC pull what fits, empties the window behind it if it
 * is staged, and tells the sender how much was taken. Receives wait in order for what a pull needs.
 */
final class Pulls {

  private final Engine engine;
  private final RdmaWindows windows;
  private final StagingPool staging;
  private final RegionLocation location = new RegionLocation();
  private final ArrayDeque<Pull> waiting = new ArrayDeque<>();
  private final ArrayList<Pull> emptying = new ArrayList<>();
  private final ArrayDeque<Pull> pool = new ArrayDeque<>();
  private final ArrayList<Pull> table = new ArrayList<>();

  /**
   * Pulls that the NIC may work on at once: what the completion queue holds beyond one completion
   * for each command.
   */
  private final int limit;

  private int underWay;

  Pulls(Engine engine, RdmaWindows windows, StagingPool staging) {
    this.engine = engine;
    this.windows = windows;
    this.staging = staging;
    var geometry = engine.layout.geometry();
    limit = geometry.completionCount() - geometry.commandCount();
  }

  /** Begins to take a message of {@code lengthBytes} that {@code partner} has announced. */
  void begin(
      EndpointRequest receive,
      Partner partner,
      long lengthBytes,
      int remoteId,
      int remoteGeneration,
      int remoteOffset) {
    Pull pull = pool.poll();
    if (pull == null) {
      pull = new Pull(table.size());
      table.add(pull);
    }
    pull.request = receive;
    pull.partner = partner;
    pull.remoteId = remoteId;
    pull.remoteGeneration = remoteGeneration;
    pull.remoteOffset = remoteOffset;
    pull.lengthBytes = lengthBytes;
    pull.takenBytes = Math.min(lengthBytes, receive.segments.lengthBytes());
    if (pull.takenBytes == 0) {
      engine.outcomes.received(receive, lengthBytes);
      finish(pull, 0);
      return;
    }
    waiting.add(pull);
    pump();
  }

  /** Pulls that the NIC works on. */
  int underWay() {
    return underWay;
  }

  /** Receives that wait for what a pull needs. */
  int waiting() {
    return waiting.size();
  }

  /** Starts those that can be started. Returns how many left the queue. */
  int pump() {
    int started = 0;
    Pull pull = waiting.peek();
    while (pull != null && start(pull)) {
      waiting.remove();
      started++;
      pull = waiting.peek();
    }
    return started;
  }

  /** Returns whether {@code pull} has left the queue, one way or the other. */
  private boolean start(Pull pull) {
    EndpointRequest receive = pull.request;
    Partner partner = pull.partner;
    if (receive == null || partner == null) {
      return true;
    }
    StatusCode death = partner.death;
    if (death != null) {
      fail(pull, receive, death);
      return true;
    }
    if (!partner.connected || underWay == limit || engine.commands.room() == 0) {
      return false;
    }
    MemorySegment one = Larges.single(receive.segments);
    if (one != null && engine.registered.find(one, location)) {
      pull.windowId =
          windows.openFixed(
              RdmaWindowEntry.SINK, location.regionId, location.offsetBytes, pull.takenBytes);
    } else if (!openStaged(pull, receive)) {
      MxException refused = staging.takeFailure();
      if (refused != null) {
        fail(pull, receive, StatusCode.NO_RESOURCES);
        return true;
      }
    }
    if (pull.windowId < 0) {
      return false;
    }
    command(pull, partner);
    return true;
  }

  private boolean openStaged(Pull pull, EndpointRequest receive) {
    int ring = staging.acquireSink();
    if (ring < 0) {
      return false;
    }
    int id =
        windows.openSliding(
            RdmaWindowEntry.SINK,
            staging.regionId(),
            staging.offset(ring),
            staging.ringBytes(),
            pull.takenBytes);
    if (id < 0) {
      staging.release(ring);
      return false;
    }
    pull.windowId = id;
    pull.ring = ring;
    pull.ringBytes = staging.ringBytes();
    StagedSink sink = receive.sink();
    pull.sink = sink;
    pull.entry = windows.entry(id);
    sink.start(
        windows.entry(id),
        staging.memory(),
        staging.offset(ring),
        staging.ringBytes(),
        pull.takenBytes);
    emptying.add(pull);
    return true;
  }

  private void command(Pull pull, Partner partner) {
    Descriptor command = engine.commands.begin(Kind.PULL, partner);
    command.session = partner.backSession;
    command.length = (int) pull.takenBytes;
    command.cookie(pull.index);
    command.remoteWindow(pull.remoteId, pull.remoteGeneration);
    command.remoteWindowOffset(pull.remoteOffset);
    command.localWindow(pull.windowId, windows.generation(pull.windowId));
    engine.commands.submit();
    pull.underWay = true;
    underWay++;
  }

  /** Whether a pull waits to be started, or a staged one to be emptied. */
  boolean moving() {
    return !waiting.isEmpty() || !emptying.isEmpty();
  }

  /** Empties a piece of each staged window. Returns bytes copied. */
  int doWork() {
    int copied = 0;
    for (int i = emptying.size() - 1; i >= 0; i--) {
      copied += empty(emptying.get(i));
    }
    engine.counts.stagedBytes += copied;
    return copied;
  }

  private int empty(Pull pull) {
    StagedSink sink = pull.sink;
    EndpointRequest receive = pull.request;
    RdmaWindowEntry entry = pull.entry;
    if (sink == null || receive == null || entry == null) {
      return 0;
    }
    if (receive.faulty) {
      // The memory has gone: what still comes is let through the ring, so that the pull ends.
      entry.watermarkRelease(Math.min(entry.progressAcquire() + pull.ringBytes, pull.takenBytes));
      return 0;
    }
    try {
      return sink.doWork();
    } catch (BadSegmentException gone) {
      receive.faulty = true;
      return 0;
    }
  }

  /** The NIC has ended a pull. */
  void done(Descriptor completion) {
    long cookie = completion.cookie();
    Pull pull = cookie >= 0 && cookie < table.size() ? table.get((int) cookie) : null;
    if (pull == null || !pull.underWay) {
      engine.counts.badEvents++;
      return;
    }
    pull.underWay = false;
    underWay--;
    EndpointRequest receive = pull.request;
    if (receive == null) {
      return;
    }
    StatusCode status = judge(pull, completion);
    if (status == StatusCode.SUCCESS && !emptied(pull)) {
      status = StatusCode.ABORTED;
    }
    if (status == StatusCode.SUCCESS) {
      close(pull);
      long taken = receive.faulty ? 0 : pull.takenBytes;
      engine.outcomes.received(receive, pull.lengthBytes);
      finish(pull, taken);
    } else {
      fail(pull, receive, status);
    }
  }

  private static StatusCode judge(Pull pull, Descriptor completion) {
    if (completion.pullStatus() == 0) {
      return completion.lengthBytes() == pull.takenBytes ? StatusCode.SUCCESS : StatusCode.ABORTED;
    }
    StatusCode status = Deaths.statusOf(completion.pullStatus());
    return status == null ? StatusCode.ABORTED : status;
  }

  /** Takes the last of the ring; the NIC says that all bytes are there. */
  private boolean emptied(Pull pull) {
    EndpointRequest receive = pull.request;
    StagedSink sink = pull.sink;
    if (sink == null || receive == null) {
      return true;
    }
    int step = 1;
    while (step > 0 && !receive.faulty && !sink.done()) {
      step = empty(pull);
      engine.counts.stagedBytes += step;
    }
    return receive.faulty || sink.done();
  }

  private void fail(Pull pull, EndpointRequest receive, StatusCode status) {
    close(pull);
    engine.outcomes.end(receive, status, pull.lengthBytes, 0);
    finish(pull, 0);
  }

  private void close(Pull pull) {
    if (pull.windowId >= 0) {
      windows.close(pull.windowId);
    }
    if (pull.ring >= 0) {
      StagedSink sink = pull.sink;
      if (sink != null) {
        sink.stop();
      }
      emptying.remove(pull);
      staging.release(pull.ring);
    }
  }

  /** Tells the sender what was taken, so that it ends as well, and forgets the pull. */
  private void finish(Pull pull, long takenBytes) {
    Partner partner = pull.partner;
    if (partner != null && partner.death == null) {
      tell(partner, pull.remoteId, pull.remoteGeneration, takenBytes);
    }
    pull.clear();
    pool.push(pull);
  }

  private void tell(Partner partner, int remoteId, int remoteGeneration, long takenBytes) {
    Outgoing notify = engine.sender.take();
    notify.kind = Kind.NOTIFY;
    notify.prepared = true;
    notify.lengthBytes = takenBytes;
    notify.windowId = remoteId;
    notify.windowGeneration = remoteGeneration;
    engine.sender.send(partner, notify);
  }

  /** Takes nothing of a message that {@code partner} has announced. */
  void decline(Partner partner, int remoteId, int remoteGeneration) {
    tell(partner, remoteId, remoteGeneration, 0);
  }

  /** Ends every receive that a pull was to serve; the NIC is gone or about to be. */
  void endAll(StatusCode status) {
    waiting.clear();
    emptying.clear();
    for (Pull pull : table) {
      EndpointRequest receive = pull.request;
      if (receive != null) {
        engine.outcomes.end(receive, status, pull.lengthBytes, 0);
        pull.clear();
      }
    }
  }
}
