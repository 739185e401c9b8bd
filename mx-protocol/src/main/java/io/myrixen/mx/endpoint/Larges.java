package io.myrixen.mx.endpoint;

import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.Sender.Preparation;
import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.memory.RdmaWindows;
import io.myrixen.mx.memory.RegionLocation;
import io.myrixen.mx.memory.SegmentList;
import io.myrixen.mx.memory.StagedSource;
import io.myrixen.mx.memory.StagingPool;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of rendezvous: opens an RDMA window on the message, announces it, feeds the
 * window if it is staged, and ends when the receiver says how much it took. A staged message gets
 * its ring at once while rings abound, and else when it is pulled: so a receiver that takes
 * messages in another order than they were sent never waits for a ring held by one of the others.
 */
final class Larges {

  private final Engine engine;
  private final RdmaWindows windows;
  private final StagingPool staging;
  private final RegionLocation location = new RegionLocation();

  /** Whose each window is. */
  private final @Nullable Outgoing[] byWindow;

  /** Those with something left to copy into their ring. */
  private final ArrayList<Outgoing> feeding = new ArrayList<>();

  /** Those announced without a ring, oldest first. */
  private final ArrayList<Outgoing> unbacked = new ArrayList<>();

  /** The wanted epoch when windows were last looked through for what the NIC wants. */
  private long seenEpoch;

  /** Whether one of {@link #unbacked} was wanted and there was no ring. */
  private boolean ringLacking;

  /** Whether somebody waits for a window or ring since the last pass. */
  private boolean lacking;

  Larges(Engine engine, RdmaWindows windows, StagingPool staging) {
    this.engine = engine;
    this.windows = windows;
    this.staging = staging;
    byWindow = new Outgoing[engine.layout.geometry().rdmaWindowCount()];
  }

  void lifted() {
    lacking = false;
  }

  Preparation prepare(Outgoing message) {
    if (lacking) {
      return Preparation.LACKING;
    }
    MemorySegment one = single(message.segments);
    if (message.lengthBytes == 0) {
      message.windowId = windows.openFixed(RdmaWindowEntry.SOURCE, 0, 0, 0);
    } else if (one != null && engine.registered.find(one, location)) {
      message.windowId =
          windows.openFixed(
              RdmaWindowEntry.SOURCE, location.regionId, location.offsetBytes, one.byteSize());
    } else if (!stage(message)) {
      engine.sender.end(message, StatusCode.NO_RESOURCES, 0);
      return Preparation.FAILED;
    }
    if (message.windowId < 0) {
      lacking = true;
      return Preparation.LACKING;
    }
    message.windowGeneration = windows.generation(message.windowId);
    byWindow[message.windowId] = message;
    if (message.ring >= 0) {
      feed(message);
    }
    return Preparation.READY;
  }

  /** The segment that holds the whole message, if one does. */
  static @Nullable MemorySegment single(SegmentList segments) {
    long length = segments.lengthBytes();
    for (int i = 0; i < segments.count(); i++) {
      if (segments.segment(i).byteSize() > 0) {
        return segments.segment(i).byteSize() == length ? segments.segment(i) : null;
      }
    }
    return null;
  }

  /**
   * Announces {@code message}, with a ring if one is to spare. Returns false if there is no memory.
   */
  private boolean stage(Outgoing message) {
    int ring = staging.acquireEarlySource();
    if (ring < 0) {
      if (staging.takeFailure() != null) {
        return false;
      }
      message.windowId = windows.announce(message.lengthBytes);
      if (message.windowId >= 0) {
        unbacked.add(message);
      }
      return true;
    }
    message.windowId =
        windows.openSliding(
            RdmaWindowEntry.SOURCE,
            staging.regionId(),
            staging.offset(ring),
            staging.ringBytes(),
            message.lengthBytes);
    if (message.windowId < 0) {
      staging.release(ring);
    } else {
      start(message, ring);
    }
    return true;
  }

  private void start(Outgoing message, int ring) {
    message.ring = ring;
    message
        .source()
        .start(
            windows.entry(message.windowId),
            staging.memory(),
            staging.offset(ring),
            staging.ringBytes(),
            message.lengthBytes);
  }

  /** Looks at what the NIC wants of announced and staged messages, if it wants anything new. */
  private void lookAtWanted() {
    long epoch = engine.control.wantedEpochAcquire();
    boolean moved = epoch != seenEpoch;
    if (moved) {
      seenEpoch = epoch;
      followSeeks();
    }
    if (moved || ringLacking) {
      ringLacking = false;
      backWanted();
    }
  }

  /** Feeds messages again of which bytes are asked for once more. */
  private void followSeeks() {
    for (Outgoing message : byWindow) {
      if (message != null
          && message.ring >= 0
          && message.source().sought()
          && !feeding.contains(message)) {
        feeding.add(message);
      }
    }
  }

  /** Gives rings to announced messages that are being pulled. */
  private void backWanted() {
    int i = 0;
    while (i < unbacked.size()) {
      Outgoing message = unbacked.get(i);
      if (!windows.entry(message.windowId).wantedAcquire()) {
        i++;
        continue;
      }
      int ring = staging.acquireSource();
      if (ring < 0 && staging.takeFailure() == null) {
        ringLacking = true;
        return;
      }
      unbacked.remove(i);
      if (ring < 0) {
        finish(message, StatusCode.NO_RESOURCES, 0);
      } else {
        windows.back(
            message.windowId, staging.regionId(), staging.offset(ring), staging.ringBytes());
        start(message, ring);
        feeding.add(message);
      }
    }
  }

  /** Copies the first piece, so that the receiver finds something. */
  private void feed(Outgoing message) {
    StagedSource source = message.source();
    engine.counts.stagedBytes += source.doWork();
    if (!source.done()) {
      feeding.add(message);
    }
  }

  /** Announces {@code message} under {@code sequence}. */
  void announce(Partner partner, Outgoing message, int sequence) {
    Descriptor command = engine.commands.begin(Kind.RNDV, partner);
    command.session = partner.trueSession;
    command.sequence = sequence;
    command.ack = partner.nextComplete;
    command.length = (int) message.lengthBytes;
    command.matchInfo = message.matchInfo;
    command.remoteWindow(message.windowId, message.windowGeneration);
    engine.commands.submit();
  }

  /** Whether a staged message is to be fed, or may be wanted. */
  boolean moving() {
    return !feeding.isEmpty()
        || !unbacked.isEmpty()
        || engine.control.wantedEpochAcquire() != seenEpoch;
  }

  /** Copies a piece for each message that has room in its ring. Returns bytes copied. */
  int doWork() {
    lookAtWanted();
    int copied = 0;
    for (int i = feeding.size() - 1; i >= 0; i--) {
      Outgoing message = feeding.get(i);
      try {
        int step = message.source().doWork();
        copied += step;
        if (message.source().done()) {
          removeFeeding(i);
        }
      } catch (BadSegmentException gone) {
        // The window closes, and the receiver's pull finds it so.
        removeFeeding(i);
        finish(message, StatusCode.ABORTED, 0);
      }
    }
    engine.counts.stagedBytes += copied;
    return copied;
  }

  private void removeFeeding(int index) {
    Outgoing last = feeding.remove(feeding.size() - 1);
    if (index < feeding.size()) {
      feeding.set(index, last);
    }
  }

  /** The receiver has taken what it wanted. */
  void notified(Partner partner, Descriptor event) {
    int id = event.remoteWindowId();
    if (windows.openBefore(id, event.remoteWindowGeneration())) {
      return; // Its time was over before it was taken.
    }
    Outgoing message = windows.openSource(id, event.remoteWindowGeneration()) ? byWindow[id] : null;
    if (message == null
        || message.partner != partner
        || event.lengthBytes() > message.lengthBytes) {
      engine.counts.badEvents++;
      return;
    }
    long taken = event.lengthBytes();
    finish(message, taken < message.lengthBytes ? StatusCode.TRUNCATED : StatusCode.SUCCESS, taken);
  }

  /** Ends an announced message, whose memory is touched no more. */
  void finish(Outgoing message, StatusCode code, long transferBytes) {
    release(message);
    engine.sender.end(message, code, transferBytes);
    Partner partner = message.partner;
    if (message.acknowledged && partner != null) {
      partner.announced.remove(message);
      engine.sender.recycle(message);
    } else {
      message.notified = true;
    }
  }

  /** Gives window and ring back. */
  void release(Outgoing message) {
    if (message.kind != Kind.RNDV
        || message.windowId < 0
        || byWindow[message.windowId] != message) {
      return;
    }
    byWindow[message.windowId] = null;
    windows.close(message.windowId);
    unbacked.remove(message);
    if (message.ring >= 0) {
      int index = feeding.indexOf(message);
      if (index >= 0) {
        removeFeeding(index);
      }
      message.source().stop();
      staging.release(message.ring);
      message.ring = -1;
    }
  }
}
