package io.myrixen.mx.endpoint;

import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Descriptor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What lies between the test NICs if they are not one: frames take time, and a plan's fate takes
 * them out, repeats them or lets others overtake them.
 */
final class FakeWire {

  /** One frame under way: an event, but for the judgement of the NIC that it comes to. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Frame(long nicId, int endpointId, Descriptor event, byte[] payload, long dueNs) {}

  /** One way, without being delayed. */
  long latencyNs = 50_000;

  /** How much later a delayed frame comes. */
  long delayNs = 300_000;

  private final LongSupplier clock;
  private final List<Frame> frames = new ArrayList<>();

  FakeWire(LongSupplier clock) {
    this.clock = clock;
  }

  /** Sends what is to be {@code event} at an endpoint, as {@code fate} will have it. */
  void send(Fate fate, long nicId, int endpointId, Descriptor event, byte[] payload) {
    long dueNs = clock.getAsLong() + latencyNs;
    Frame frame = new Frame(nicId, endpointId, event, payload, dueNs);
    switch (fate) {
      case DELIVER -> frames.add(frame);
      case DUPLICATE -> {
        frames.add(frame);
        frames.add(frame);
      }
      case DELAY -> late(frame, delayNs);
      case DROP, FULL, UNREACHABLE -> {}
    }
  }

  /** Sends {@code frame}, perhaps once more, to come {@code ns} after it was due. */
  void late(Frame frame, long ns) {
    frames.add(
        new Frame(frame.nicId, frame.endpointId, frame.event, frame.payload, frame.dueNs + ns));
  }

  /** Takes out the frames that have come, in the order in which they were sent. */
  List<Frame> arrived() {
    List<Frame> arrived = new ArrayList<>();
    Iterator<Frame> each = frames.iterator();
    while (each.hasNext()) {
      Frame frame = each.next();
      if (clock.getAsLong() - frame.dueNs >= 0) {
        arrived.add(frame);
        each.remove();
      }
    }
    return arrived;
  }

  /** Frames under way; tests copy what they want to come again. */
  List<Frame> underWay() {
    return List.copyOf(frames);
  }

  /** Nanoseconds until the next frame comes, at most {@code mostNs}, at least 1. */
  long nextNs(long mostNs) {
    long least = mostNs;
    for (Frame frame : frames) {
      least = Math.min(least, frame.dueNs - clock.getAsLong());
    }
    return Math.max(1, least);
  }
}
