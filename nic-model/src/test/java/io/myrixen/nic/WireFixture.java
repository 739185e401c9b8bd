package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.FrameFault;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;

/** Two NICs with a wire between them, stepped by hand on one clock. */
final class WireFixture {

  static final long LEFT_BOARD = 0x0200_0000_0001L;
  static final long RIGHT_BOARD = 0x0200_0000_0101L;
  static final long SECOND_NS = 1_000_000_000L;

  final WireProfile profile;
  final NicFixture left;
  final NicFixture right;
  final MemoryPort leftPort = new MemoryPort();
  final MemoryPort rightPort = new MemoryPort();
  final Frame frame = new Frame();

  /** Not 0, and about to pass the wrap of a signed 64-bit clock. */
  private long nowNs = Long.MAX_VALUE - 10 * SECOND_NS;

  WireFixture(WireProfile profile) {
    this(profile, NicFixture.CONTEXT);
  }

  WireFixture(WireProfile profile, NicContext context) {
    this.profile = profile;
    left = new NicFixture(context, () -> nowNs, 1);
    right = new NicFixture(context, () -> nowNs, 2);
    leftPort.join(rightPort);
  }

  /** Attaches both ports, with one board on each NIC, and lets them find each other. */
  static WireFixture joined(WireProfile profile) {
    var wire = new WireFixture(profile);
    wire.left.board(LEFT_BOARD, 1, 1);
    wire.right.board(RIGHT_BOARD, 2, 1);
    wire.attach();
    wire.run();
    return wire;
  }

  void attach() {
    left.done(left.nic.attachPort(leftPort, profile));
    right.done(right.nic.attachPort(rightPort, profile));
  }

  /** Steps both NICs until neither finds anything more to do; time stands still. */
  void run() {
    int cycles = 0;
    while (left.nic.doWork() + right.nic.doWork() > 0) {
      assertTrue(cycles++ < 1_000_000, "never ends");
    }
  }

  void advance(long ns) {
    nowNs += ns;
    run();
  }

  /** Reads a frame of {@code bytes} into {@link #frame}. */
  Frame read(byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    assertEquals(FrameFault.NONE, frame.read(memory, 0, bytes.length, profile));
    return frame;
  }

  /** The last frame that {@code port} was given. */
  Frame last(MemoryPort port) {
    return read(port.sent.getLast());
  }

  /** How many frames of {@code type} a port was given. */
  long sent(MemoryPort port, int type) {
    return port.sent.stream().filter(bytes -> (bytes[Frame.BODY_OFFSET] & 0xFF) == type).count();
  }

  /** Lets {@link #frame}, without payload, arrive at {@code port}. */
  void arrives(MemoryPort port) {
    byte[] bytes = new byte[MemoryPort.MAX_FRAME_BYTES];
    int length = frame.write(MemorySegment.ofArray(bytes), 0, profile);
    port.put(MemorySegment.ofArray(bytes), 0, length);
    run();
  }

  void assertNoFault() {
    left.assertNoFault();
    right.assertNoFault();
    assertEquals(0, left.total(NicCounter.FRAMES_FAILED));
    assertEquals(0, right.total(NicCounter.FRAMES_FAILED));
  }
}
