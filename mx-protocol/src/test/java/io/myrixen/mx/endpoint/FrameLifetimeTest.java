package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Fourteen bits of sequence number, and frames that live on when their number comes round: what the
 * sender does about it, and what would happen if a network kept a frame for longer than assumed.
 */
class FrameLifetimeTest extends AcrossWire {

  private static final long LIFETIME_NS =
      EndpointOptions.fromEnvironment().frameLifetime().toNanos();

  private final MemorySegment out = room(Long.BYTES);
  private final MemorySegment in = room(Long.BYTES);

  /** Sends the next number, waits until Bob gets something, and returns what he got. */
  private long exchange(long number) {
    out.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, number);
    alice.isend(out, toBob, 7, null);
    return arrives();
  }

  private long arrives() {
    Request receive = receive(bob, in, 7);
    world.run(2 * wire.latencyNs);
    while (!bob.test(receive, status)) {
      world.run(LIFETIME_NS / 100);
    }
    assertEquals(StatusCode.SUCCESS, status.code());
    return in.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
  }

  private void exchangeAll(long first, int count) {
    for (long number = first; number < first + count; number++) {
      assertEquals(number, exchange(number));
    }
  }

  /** The frame under way that brings the next message to Bob. */
  private FakeWire.Frame frameOf(long number) {
    out.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, number);
    alice.isend(out, toBob, 7, null);
    world.nic.step();
    List<FakeWire.Frame> frames = wire.underWay();
    for (FakeWire.Frame frame : frames) {
      if (frame.event().kind == Kind.TINY) {
        return frame;
      }
    }
    throw new AssertionError("nothing is under way: " + frames);
  }

  @Test
  void shouldHoldNumbersBackUntilTheirOldFramesAreGone() {
    wire.latencyNs = 1;
    long begun = world.now();
    exchangeAll(0, 2 * Sequence.SPAN);

    assertTrue(reasons(alice).heldByLifetime() >= 1);
    assertTrue(world.now() - begun >= LIFETIME_NS, "took " + (world.now() - begun));
    assertEquals(2, reasons(alice).wraps());
  }

  @Test
  void shouldDropAFrameThatComesWithinItsLifetimeWhateverHasBeenSentSince() {
    wire.latencyNs = 1;
    FakeWire.Frame frame = frameOf(0);
    wire.late(frame, LIFETIME_NS - 1);
    assertEquals(0, arrives());
    exchangeAll(1, 2 * Sequence.SPAN);

    assertTrue(world.now() - frame.dueNs() > LIFETIME_NS);
    assertTrue(bob.counters().duplicates() + reasons(bob).beyondWindow() == 1);
  }

  /**
   * Nothing in a frame tells its age: one that comes beyond the assumed lifetime, just when its
   * number is next, is taken for the message that now bears it. So the lifetime has to be set to
   * what the network keeps to.
   */
  @Test
  void shouldTakeAFrameForNewThatOutlivesTheAssumedLifetime() {
    wire.latencyNs = 1;
    FakeWire.Frame frame = frameOf(0xDEAD);
    assertEquals(0xDEAD, arrives());
    exchangeAll(1, Sequence.SPAN - 1);
    world.run(LIFETIME_NS);
    wire.late(frame, world.now() - frame.dueNs());
    world.settle();

    assertEquals(0xDEAD, exchange(Sequence.SPAN), "the old contents, in place of the new");
    world.run(SECOND_NS);
    assertEquals(1, bob.counters().duplicates(), "and the new were dropped");
  }
}
