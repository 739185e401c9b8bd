package io.myrixen.xen.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.State;

/**
 * A ring of two entries of a word, after one request and its response: neither side has asked for a
 * notification since, so that one has to be asked for.
 */
@State
public class SmallRing {

  /** Index of the next entry, of either kind. */
  static final int NEXT = 1;

  private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();
  private static final int LENGTH = RingLayout.HEADER_BYTES + 2 * Integer.BYTES;

  final MemorySegment memory = MemorySegment.ofArray(new long[LENGTH / Long.BYTES]);
  final FrontRing front = FrontRing.init(memory, Integer.BYTES);
  final BackRing back = BackRing.attach(memory, Integer.BYTES);

  /** Lays it out and lets one request and one response pass. */
  public SmallRing() {
    front.claim();
    front.push();
    back.poll();
    back.claim();
    back.push();
    front.poll();
  }

  /** Stores an entry, with nothing to order it. */
  final void entry(long offset, int value) {
    WORD.set(memory, offset, value);
  }

  final int entry(long offset) {
    return (int) WORD.get(memory, offset);
  }

  /** What {@link RingLayout#publish} does, but for its fence. */
  final boolean publishWithoutFence(int producedOffset) {
    RingLayout.indexRelease(memory, producedOffset, NEXT + 1);
    int event = RingLayout.indexAcquire(memory, producedOffset + Integer.BYTES);
    return Integer.compareUnsigned(NEXT + 1 - event, 1) < 0;
  }

  /** What {@link RingLayout#arm} does, but for its fence. */
  final void armWithoutFence(int eventOffset) {
    RingLayout.indexRelease(memory, eventOffset, NEXT + 1);
  }
}
