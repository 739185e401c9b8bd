package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.RdmaWindowEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pull in progress. Made when its endpoint is opened, and used again and again. */
final class Pull {

  /** One of the two windows that a pull connects. */
  static final class Side {

    /** What the VM wrote when the pull began. */
    final RdmaWindowEntry.Copy entry = new RdmaWindowEntry.Copy();

    private @Nullable NicEndpoint endpoint;
    private @Nullable RdmaWindowEntry window;
    private @Nullable Region region;
    private int windowId;

    /** The highest watermark seen; a VM must not take one back. */
    long watermark;

    /** Begins with what was copied; {@code region} is null if the window is only announced. */
    void begin(
        NicEndpoint endpoint, int windowId, RdmaWindowEntry window, @Nullable Region region) {
      this.endpoint = endpoint;
      this.windowId = windowId;
      this.window = window;
      this.region = region;
      this.watermark = 0;
    }

    /** The announced window has got its memory. */
    void back(Region region) {
      this.region = region;
    }

    boolean backed() {
      return region != null;
    }

    /** Keeps nothing of a pull that has ended, so that its memory can go. */
    void clear() {
      endpoint = null;
      window = null;
      region = null;
    }

    NicEndpoint endpoint() {
      return Objects.requireNonNull(endpoint);
    }

    RdmaWindowEntry window() {
      return Objects.requireNonNull(window);
    }

    Region region() {
      return Objects.requireNonNull(region);
    }

    int windowId() {
      return windowId;
    }

    /** Whether the window is still the one with which the pull began. */
    boolean stillOpen() {
      return window().stillOpen(entry);
    }

    boolean sliding() {
      return entry.ringBytes != 0;
    }

    /** Where byte {@code position} of the message lies in the region. */
    long offsetOf(long position) {
      return entry.regionOffset + (sliding() ? position & (entry.ringBytes - 1) : position);
    }

    /** How many bytes from {@code position} on lie side by side. */
    long contiguous(long position) {
      return sliding()
          ? entry.ringBytes - (position & (entry.ringBytes - 1))
          : entry.messageLength - position;
    }
  }

  /** The data's owner. */
  final Side source = new Side();

  /** The puller. */
  final Side sink = new Side();

  /** The command, for its completion. */
  final Descriptor command = new Descriptor();

  /** Bytes moved so far. */
  long moved;

  /** Whether it moves nothing any more; it is given back when its VM has its next turn. */
  boolean ended;

  /** Whether both windows are still those with which it began. */
  boolean stillOpen() {
    return source.stillOpen() && sink.stillOpen();
  }

  boolean touches(NicEndpoint endpoint) {
    return source.endpoint() == endpoint || sink.endpoint() == endpoint;
  }

  boolean touches(Region region) {
    return source.region == region || sink.region == region;
  }
}
