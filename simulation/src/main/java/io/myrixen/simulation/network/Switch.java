package io.myrixen.simulation.network;

import io.myrixen.nic.FrameSink;
import io.myrixen.simulation.time.Agenda;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.agrona.collections.Long2LongHashMap;

/**
 * An Ethernet switch: learns which port an address is at, floods what it does not know, and keeps a
 * bounded queue towards each port. No frame is older than its lifetime when it arrives.
 *
 * <p>The order of chances drawn is that of the frames, so one seed gives one run.
 */
public final class Switch {

  /** Offset of the six bytes of a frame's source address. */
  private static final long SOURCE_OFFSET = 6;

  private static final long NOWHERE = -1;

  /** The lowest bit of the first byte of an address: for a group, or for all. */
  private static final long GROUP_BIT = 1L << 40;

  private final Agenda agenda;
  private final RandomGenerator random;
  private final SwitchConfig config;
  private final FramePool frames;
  private final List<SwitchPort> ports = new ArrayList<>();
  private final Long2LongHashMap learned = new Long2LongHashMap(NOWHERE);
  private final Partitions partitions = new Partitions();
  private final FateCounts counts = new FateCounts();
  private FrameSink tap = (_, _, _) -> {};

  /** Makes a switch without ports; {@code random} decides what goes wrong by chance. */
  public Switch(Agenda agenda, RandomGenerator random, SwitchConfig config) {
    this.agenda = agenda;
    this.random = random;
    this.config = config;
    frames = new FramePool(config.maxFrameBytes());
  }

  /** Adds a port; they count from 0. */
  public SwitchPort newPort() {
    var port = new SwitchPort(this, agenda, ports.size(), config.receiveFrames());
    ports.add(port);
    return port;
  }

  /** The ports. */
  public List<SwitchPort> ports() {
    return List.copyOf(ports);
  }

  /** Which ports cannot reach which. */
  public Partitions partitions() {
    return partitions;
  }

  /** Has {@code tap} see each frame that a NIC has sent. */
  public void tap(FrameSink tap) {
    this.tap = tap;
  }

  /** How often each fate has come over a frame. */
  public FateCounts counts() {
    return counts;
  }

  /** Frames that have been sent and have neither been taken nor dropped. */
  public int framesUnderWay() {
    return frames.outside();
  }

  FramePool frames() {
    return frames;
  }

  LinkSpeed speed() {
    return config.speed();
  }

  int maxFrameBytes() {
    return config.maxFrameBytes();
  }

  void count(Fate fate) {
    counts.add(fate);
  }

  /** A frame has come over its sender's link. The caller gives up its hold. */
  void arrived(Frame frame) {
    tap.onFrame(frame.memory, 0, frame.lengthBytes);
    passLink(frame, ports.get(frame.source).upFaults(), this::dispatch);
    frames.drop(frame);
  }

  private void dispatch(Frame frame) {
    long source = FrameBytes.address(frame.memory, SOURCE_OFFSET);
    if ((source & GROUP_BIT) == 0) {
      learned.put(source, frame.source);
    }
    long destination = FrameBytes.address(frame.memory, 0);
    long port = learned.get(destination);
    if (port != NOWHERE) {
      forward(frame, ports.get((int) port));
      return;
    }
    count(Fate.FLOODED);
    for (SwitchPort each : ports) {
      if (each.number() != frame.source) {
        forward(frame, each);
      }
    }
  }

  private void forward(Frame frame, SwitchPort port) {
    if (partitions.apart(frame.source, port.number())) {
      count(Fate.PARTITIONED);
      return;
    }
    passLink(frame, port.downFaults(), f -> enqueue(f, port));
  }

  private void enqueue(Frame frame, SwitchPort port) {
    Fate fate = port.forward(frame, config.queueBytes(), config.lifetimeNs());
    count(fate);
  }

  /** What happens next to a frame that a link lets through. */
  @FunctionalInterface
  private interface Next {
    void take(Frame frame);
  }

  /** Lets chance decide what a link does to a frame. */
  private void passLink(Frame frame, LinkFaults faults, Next next) {
    if (!faults.any()) {
      next.take(frame);
      return;
    }
    int draw = random.nextInt(LinkFaults.MILLION);
    int bound = faults.loss();
    if (draw < bound) {
      count(Fate.LOST);
      return;
    }
    bound += faults.corruption();
    if (draw < bound) {
      count(Fate.CORRUPTED);
      return;
    }
    bound += faults.reordering();
    if (draw < bound) {
      count(Fate.REORDERED);
      later(frame, faults, next);
      return;
    }
    next.take(frame);
    if (draw < bound + faults.duplication()) {
      count(Fate.DUPLICATED);
      later(frame, faults, next);
    }
  }

  private void later(Frame frame, LinkFaults faults, Next next) {
    frame.hold();
    agenda.in(
        random.nextLong(1 + faults.holdNs()),
        () -> {
          next.take(frame);
          frames.drop(frame);
        });
  }

  /**
   * Puts a frame, whatever its bytes are, into the queue towards port {@code to}, as if another
   * station had sent it.
   */
  public void inject(byte[] bytes, int to) {
    Frame frame = frames.take();
    for (int i = 0; i < bytes.length; i++) {
      FrameBytes.set(frame.memory, i, bytes[i]);
    }
    frame.lengthBytes = bytes.length;
    frame.source = to;
    frame.sentNs = agenda.nowNs();
    enqueue(frame, ports.get(to));
    frames.drop(frame);
  }
}
