package io.myrixen.nic;

import io.myrixen.mx.wire.Frame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block that a peer asked for, and how much of it has been sent. Pooled. */
final class BlockRequest {

  /** The window, if all of the message lies in it. */
  Pull.Side fixed = new Pull.Side();

  private @Nullable NicEndpoint owner;
  private @Nullable RemoteBoard peer;
  private @Nullable SlidingSource sliding;
  private int handle;
  private int magic;
  private long windowOffset;
  private long frameIndex;

  /** Where in the message the next frame begins. */
  private long position;

  private long end;

  /** Bytes from the beginning of frame 0 to the beginning of the message. */
  private int skipped;

  /** Takes what {@code frame} asks of {@code owner}'s window. */
  void begin(
      Frame frame,
      RemoteBoard peer,
      NicEndpoint owner,
      @Nullable SlidingSource sliding,
      int frameBytes) {
    this.peer = peer;
    this.owner = owner;
    this.sliding = sliding;
    handle = frame.pullHandle;
    magic = frame.pullMagic;
    windowOffset = frame.windowOffset;
    frameIndex = frame.frameIndex;
    skipped = (int) (windowOffset % frameBytes);
    position = frameIndex * frameBytes - skipped + frame.firstFrameOffset;
    end = position + frame.blockBytes;
  }

  void clear() {
    fixed.clear();
    peer = null;
    owner = null;
    sliding = null;
  }

  /** Whether {@code frame} asks for the block that this one began as, or what is left of it. */
  boolean isFor(Frame frame, RemoteBoard from, int frameBytes) {
    long begins = frame.frameIndex * frameBytes - skipped + frame.firstFrameOffset;
    return peer().nicId() == from.nicId()
        && handle == frame.pullHandle
        && magic == frame.pullMagic
        && begins >= position
        && begins + frame.blockBytes <= end;
  }

  NicEndpoint owner() {
    return Objects.requireNonNull(owner);
  }

  RemoteBoard peer() {
    return Objects.requireNonNull(peer);
  }

  @Nullable SlidingSource sliding() {
    return sliding;
  }

  Pull.Side side() {
    SlidingSource from = sliding;
    return from == null ? fixed : from.side;
  }

  boolean done() {
    return position == end;
  }

  /** Its window has been closed: nothing of it is left to be sent. */
  void cancel() {
    position = end;
  }

  /** Bytes of the next frame. */
  int nextBytes(int frameBytes) {
    return (int) (Math.min((frameIndex + 1) * frameBytes - skipped, end) - position);
  }

  /** Where the next frame's bytes are in the window. */
  long nextInWindow() {
    return position + windowOffset;
  }

  /** Fills in what the next frame says of itself. */
  void describe(Frame frame, int byteCount) {
    frame.frameSequence = (int) frameIndex & 0xFF;
    frame.messageOffset = position;
    frame.payloadBytes = byteCount;
    frame.pullHandle = handle;
    frame.pullMagic = magic;
  }

  void sent(int byteCount) {
    position += byteCount;
    frameIndex++;
  }
}
