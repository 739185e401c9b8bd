package io.myrixen.simulation.network;

import io.myrixen.nic.FrameSink;
import io.myrixen.nic.Port;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.Alarm;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Where a NIC meets the switch: a link each way, a bounded ring of frames that wait to be sent, and
 * one of frames that have arrived.
 */
public final class SwitchPort implements Port {

  /** Some two hundred kilobytes at most, which a link of 10 Gbit/s has sent in 200 microseconds. */
  private static final int TRANSMIT_FRAMES = 64;

  private record Arrival(Frame frame, long atNs) {}

  private final Switch network;
  private final Agenda agenda;
  private final int number;
  private final int receiveFrames;

  /** On their way from the switch; the link keeps their order. */
  private final ArrayDeque<Arrival> flying = new ArrayDeque<>();

  /** Arrived, and not taken yet. */
  private final ArrayDeque<Frame> ring = new ArrayDeque<>();

  /** When each frame that waits to be sent is out, as a ring: numbers from 0 on. */
  private final long[] outNs = new long[TRANSMIT_FRAMES];

  private final Alarm arrival;
  private final Alarm regainedRoom;
  private Runnable wakeUp = () -> {};
  private LinkFaults upFaults = LinkFaults.NONE;
  private LinkFaults downFaults = LinkFaults.NONE;
  private long written;
  private long sent;
  private long upBusyNs;
  private long downBusyNs;
  private long stalledUntilNs;

  SwitchPort(Switch network, Agenda agenda, int number, int receiveFrames) {
    this.network = network;
    this.agenda = agenda;
    this.number = number;
    this.receiveFrames = receiveFrames;
    arrival = agenda.alarm(this::arrived);
    regainedRoom = agenda.alarm(() -> wakeUp.run());
  }

  int number() {
    return number;
  }

  /** Sets who is woken when a frame has arrived, or when there is room to send again. */
  public void wakeUp(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Sets what goes wrong by chance on the way to the switch, and from it. */
  public void faults(LinkFaults up, LinkFaults down) {
    upFaults = up;
    downFaults = down;
  }

  LinkFaults upFaults() {
    return upFaults;
  }

  LinkFaults downFaults() {
    return downFaults;
  }

  @Override
  public int maxFrameBytes() {
    return network.maxFrameBytes();
  }

  @Override
  public int room() {
    while (sent < written && outNs[(int) (sent % TRANSMIT_FRAMES)] <= agenda.nowNs()) {
      sent++;
    }
    return TRANSMIT_FRAMES - (int) (written - sent);
  }

  @Override
  public void transmit(MemorySegment memory, long offset, int lengthBytes) {
    int room = room();
    if (room == 0 || lengthBytes > maxFrameBytes()) {
      throw new IllegalStateException(
          "no room for a frame of %d bytes: %d".formatted(lengthBytes, room));
    }
    Frame frame = network.frames().take();
    MemorySegment.copy(memory, offset, frame.memory, 0, lengthBytes);
    frame.lengthBytes = lengthBytes;
    frame.source = number;
    upBusyNs = Math.max(upBusyNs, agenda.nowNs()) + network.speed().occupiedNs(lengthBytes);
    frame.sentNs = upBusyNs;
    outNs[(int) (written++ % TRANSMIT_FRAMES)] = upBusyNs;
    if (room < TRANSMIT_FRAMES / 2) {
      regainedRoom.setIn(upBusyNs - agenda.nowNs());
    }
    agenda.in(
        upBusyNs + network.speed().latencyNs() - agenda.nowNs(), () -> network.arrived(frame));
  }

  /** Lets the link from the switch stand still for {@code durationNs}; what comes waits. */
  public void stall(long durationNs) {
    downBusyNs = Math.max(downBusyNs, agenda.nowNs()) + durationNs;
    stalledUntilNs = downBusyNs;
  }

  /** Puts a frame into the queue towards the NIC, if it has room and the frame is not too old. */
  Fate forward(Frame frame, long queueBytes, long lifetimeNs) {
    long nowNs = agenda.nowNs();
    long beginNs = Math.max(downBusyNs, nowNs);
    boolean stalled = nowNs < stalledUntilNs;
    if (!stalled && network.speed().bytesIn(beginNs - nowNs) + frame.lengthBytes > queueBytes) {
      return Fate.QUEUE_FULL;
    }
    long outNs = beginNs + network.speed().occupiedNs(frame.lengthBytes);
    long atNs = outNs + network.speed().latencyNs();
    if (atNs - frame.sentNs > lifetimeNs) {
      return Fate.EXPIRED;
    }
    downBusyNs = outNs;
    frame.hold();
    flying.add(new Arrival(frame, atNs));
    arrival.setIn(atNs - nowNs);
    return stalled ? Fate.STALLED : Fate.FORWARDED;
  }

  private void arrived() {
    land();
    wakeUp.run();
  }

  /** Puts what has arrived into the NIC's ring, as far as that has room. */
  private void land() {
    Arrival next = flying.peek();
    while (next != null && next.atNs() <= agenda.nowNs()) {
      flying.poll();
      if (ring.size() < receiveFrames) {
        ring.add(next.frame());
      } else {
        network.count(Fate.RING_FULL);
        network.frames().drop(next.frame());
      }
      next = flying.peek();
    }
    if (next != null) {
      arrival.setIn(next.atNs() - agenda.nowNs());
    }
  }

  @Override
  public int receive(FrameSink sink, int limit) {
    land();
    int count = 0;
    Frame frame = ring.peek();
    while (count < limit && frame != null) {
      ring.poll();
      sink.onFrame(frame.memory, 0, frame.lengthBytes);
      network.frames().drop(frame);
      count++;
      frame = ring.peek();
    }
    return count;
  }
}
