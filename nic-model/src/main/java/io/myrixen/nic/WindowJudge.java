package io.myrixen.nic;

import io.myrixen.mx.window.RdmaWindowEntry;

/**
 * Decides whether a pull may use an RDMA window. An entry is copied once and the copy is judged;
 * all that follows believes the copy alone.
 */
final class WindowJudge {

  /** What has become of an announced window. */
  enum Backing {
    /** It has no memory yet. */
    AWAITED,
    /** It has its memory. */
    THERE,
    /** It was closed, or what backs it is not ours to use. */
    GONE
  }

  private WindowJudge() {}

  /**
   * Begins {@code side} with the window {@code windowId} of {@code endpoint}, if that is in {@code
   * state}, lies in its region, and has no other pull that its progress tells of.
   */
  static boolean open(Pull.Side side, NicEndpoint endpoint, int state, int windowId) {
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
    if (side.sliding() && isPulled(endpoint, windowId, entry.generation)) {
      return false; // One progress can tell of one pull.
    }
    side.begin(endpoint, windowId, window, region);
    return true;
  }

  /**
   * Begins {@code side} with a window that has been announced, and gets its memory when the pull
   * asks for it. Its entry has been copied by {@link #open}.
   */
  static boolean announced(Pull.Side side, NicEndpoint endpoint, int windowId) {
    RdmaWindowEntry window = endpoint.rdmaWindow(windowId);
    if (window == null
        || side.entry.state != RdmaWindowEntry.ANNOUNCED
        || isPulled(endpoint, windowId, side.entry.generation)) {
      return false;
    }
    side.begin(endpoint, windowId, window, null);
    return true;
  }

  private static boolean isPulled(NicEndpoint endpoint, int windowId, int generation) {
    SlidingSource remote = endpoint.slidingSource(windowId);
    return endpoint.pullsOnWindow(windowId) > 0
        || (remote != null && remote.isBound() && remote.generation() == generation);
  }

  /** Tries to find the memory of a window that was announced. */
  static Backing back(Pull.Side side) {
    if (side.backed()) {
      return Backing.THERE;
    }
    if (side.stillOpen()) {
      return Backing.AWAITED;
    }
    RdmaWindowEntry.Copy then = side.entry;
    int generation = then.generation;
    long messageLength = then.messageLength;
    side.window().read(then);
    Region region = side.endpoint().regions().get(then.regionId);
    if (then.state != RdmaWindowEntry.SOURCE
        || then.generation != generation
        || then.messageLength != messageLength
        || region == null
        || !inside(then, region.memory().byteSize())) {
      return Backing.GONE;
    }
    side.back(region);
    return Backing.THERE;
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
   * Returns up to where a pull that has moved {@code moved} bytes may go in {@code side}; -1, once
   * told of, if its VM claims what cannot be.
   */
  static long limit(Pull.Side side, long moved, FaultSink faults) {
    if (!side.sliding()) {
      return side.entry.messageLength;
    }
    // Acquire: pairs with watermarkRelease; the bytes below are written, or read.
    long watermark = side.window().watermarkAcquire();
    if (watermark < side.watermark
        || watermark > side.entry.messageLength
        || watermark > moved + side.entry.ringBytes) {
      faults.fault(side.endpoint(), "watermark", watermark);
      return -1;
    }
    side.watermark = watermark;
    return watermark;
  }

  /** Begins {@code side} with the window that a pull of {@code lengthBytes} is to write. */
  static boolean openSink(
      Pull.Side side, NicEndpoint puller, int windowId, int generation, long lengthBytes) {
    return open(side, puller, RdmaWindowEntry.SINK, windowId)
        && side.entry.generation == generation
        && lengthBytes <= side.entry.messageLength
        && side.region().writable();
  }
}
