package io.myrixen.nic;

import io.myrixen.mx.wire.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.agrona.concurrent.NanoClock;

/**
 * A switch of 10 Gbit/s with a NIC at each port, on a clock of its own: frames take their time,
 * wait behind each other, get lost, come twice or late.
 */
final class TestNetwork implements NanoClock {

  /** From port to port through the empty switch: half a round trip of 100 microseconds. */
  private static final long LATENCY_NS = 50_000;

  private static final double NS_PER_BYTE = 0.8;

  /** The first six bytes of a frame, and two more. */
  private static final ValueLayout.OfLong MAC =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** What a NIC's port takes beyond what it is just sending. */
  private static final long PORT_BYTES = 64 * 1024;

  private static final class Arrival {
    final long atNs;
    final long number;
    final byte[] frame;

    Arrival(long atNs, long number, byte[] frame) {
      this.atNs = atNs;
      this.number = number;
      this.frame = frame;
    }
  }

  /** One NIC's end. */
  final class Link implements Port {

    private final long mac;
    private final PriorityQueue<Arrival> arrivals =
        new PriorityQueue<>(
            Comparator.comparingLong((Arrival a) -> a.atNs - nowNs)
                .thenComparingLong(a -> a.number));
    private long sentUntilNs = nowNs;
    private long switchedUntilNs = nowNs;

    /** Most bytes that ever waited in the switch for this NIC. */
    long peakBytes;

    Link(long mac) {
      this.mac = mac;
    }

    @Override
    public int maxFrameBytes() {
      return 9216;
    }

    @Override
    public int room() {
      return (sentUntilNs - nowNs) / NS_PER_BYTE < PORT_BYTES ? 1 : 0;
    }

    @Override
    public void transmit(MemorySegment memory, long offset, int lengthBytes) {
      byte[] frame = memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
      long serialNs = (long) (lengthBytes * NS_PER_BYTE);
      sentUntilNs = later(sentUntilNs, nowNs) + serialNs;
      long to = MemorySegment.ofArray(frame).get(MAC, 0) >>> 16;
      for (Link link : links) {
        if (link != this && (link.mac == to || to == Frame.BROADCAST)) {
          link.enter(frame, sentUntilNs + LATENCY_NS, serialNs);
        }
      }
    }

    private void enter(byte[] frame, long atNs, long serialNs) {
      long waitsNs = Math.max(0, switchedUntilNs - atNs);
      peakBytes = Math.max(peakBytes, (long) (waitsNs / NS_PER_BYTE));
      if (waitsNs / NS_PER_BYTE > queueBytes) {
        overflows++;
        return;
      }
      switchedUntilNs = atNs + waitsNs + serialNs;
      if (random.nextDouble() < loss) {
        return;
      }
      arrive(frame, switchedUntilNs);
      if (random.nextDouble() < duplication) {
        arrive(frame, switchedUntilNs + random.nextLong(2 * LATENCY_NS));
      }
    }

    private void arrive(byte[] frame, long atNs) {
      boolean late = random.nextDouble() < reordering;
      arrivals.add(new Arrival(late ? atNs + random.nextLong(LATENCY_NS) : atNs, number++, frame));
    }

    @Override
    public int receive(FrameSink sink, int limit) {
      int taken = 0;
      while (taken < limit && !arrivals.isEmpty() && arrivals.peek().atNs - nowNs <= 0) {
        byte[] frame = arrivals.remove().frame;
        // It ends with the frame: a look beyond that throws.
        MemorySegment memory = MemorySegment.ofArray(frame);
        sink.onFrame(memory, 0, frame.length);
        taken++;
      }
      return taken;
    }
  }

  private final List<Link> links = new ArrayList<>();
  private final SplittableRandom random;
  private long number;

  /** Not 0, and about to pass the wrap of a signed 64-bit clock. */
  private long nowNs = Long.MAX_VALUE - 1_000_000;

  double loss;
  double duplication;
  double reordering;
  long queueBytes = 1 << 20;

  /** Frames that found a queue of the switch full. */
  long overflows;

  TestNetwork(SplittableRandom random) {
    this.random = random;
  }

  Link link(long mac) {
    var link = new Link(mac);
    links.add(link);
    return link;
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }

  @Override
  public long nanoTime() {
    return nowNs;
  }

  void advance(long ns) {
    nowNs += ns;
  }
}
