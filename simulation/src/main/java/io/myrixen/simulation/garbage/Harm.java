package io.myrixen.simulation.garbage;

import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.FrameFault;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * Tells forged frames against which MX has nothing: a station's address is all that says who sent a
 * frame, and who knows an endpoint's key may connect to it. A number of an opening that is wrong
 * does not help: the refusal goes to whom the frame seems to be from, and is believed there.
 */
public final class Harm {

  private final WireProfile profile;
  private final Set<Long> stations;
  private final int key;
  private final Frame frame = new Frame();

  /**
   * Makes one.
   *
   * @param stations addresses that honest boards have
   * @param key of their endpoints
   */
  public Harm(WireProfile profile, Set<Long> stations, int key) {
    this.profile = profile;
    this.stations = Set.copyOf(stations);
    this.key = key;
  }

  /** Whether a frame of these bytes may rightly be taken for one that somebody honest sent. */
  public boolean possible(byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    if (frame.read(memory, 0, bytes.length, profile) != FrameFault.NONE) {
      return false;
    }
    boolean connects =
        frame.type == PacketType.CONNECT && !frame.reply && frame.keyOrSession == key;
    return connects || stations.contains(frame.source);
  }
}
