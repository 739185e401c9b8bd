package io.myrixen.simulation.network;

/**
 * What a switch is like.
 *
 * @param speed of every link, each way
 * @param queueBytes what may wait towards each port, in bytes
 * @param receiveFrames what a NIC's ring holds of frames that have arrived
 * @param maxFrameBytes longest frame, without check sequence
 * @param lifetimeNs how old a frame may be when it arrives, from when its last bit left the NIC;
 *     the library's numbers rely on it
 */
public record SwitchConfig(
    LinkSpeed speed, long queueBytes, int receiveFrames, int maxFrameBytes, long lifetimeNs) {

  /** Fewer than usual drivers have, so that a NIC that pauses loses some. */
  public static final int RECEIVE_FRAMES = 128;

  /** What the library assumes unless told otherwise. */
  public static final long LIFETIME_NS = 4_000_000;

  /** Long enough for the longest frame of any profile. */
  private static final int LARGEST_FRAME_BYTES = 16 * 1024;

  /** Checks every component. */
  public SwitchConfig {
    if (maxFrameBytes < 60 || maxFrameBytes > LARGEST_FRAME_BYTES) {
      throw new IllegalArgumentException("frames must be 60 to 16384 bytes: " + maxFrameBytes);
    }
    if (queueBytes < maxFrameBytes || receiveFrames < 1 || lifetimeNs < 1) {
      throw new IllegalArgumentException(
          "queue of %d bytes, ring of %d frames, lifetime of %d ns"
              .formatted(queueBytes, receiveFrames, lifetimeNs));
    }
  }
}
