package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireAllocationTest {

  private static final int MESSAGES = 50_000;
  private static final int PULLED_BYTES = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource(WireProfile.class)
  void shouldAllocateNothingPerMessage(WireProfile profile) {
    WireFixture wire = WireFixture.joined(profile);
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    wire.leftPort.recording = false;
    wire.rightPort.recording = false;
    MemorySegment memory = Arena.ofAuto().allocate(1 << 18);
    wire.left.done(wire.left.nic.addRegion(WireFixture.LEFT_BOARD, 0, 1, memory, true));
    wire.right.done(wire.right.nic.addRegion(WireFixture.RIGHT_BOARD, 0, 1, memory, true));
    bob.rdma(0).open(RdmaWindowEntry.SOURCE, 1, 1, 0, PULLED_BYTES, 0);
    alice.rdma(0).open(RdmaWindowEntry.SINK, 1, 1, 1 << 17, PULLED_BYTES, 0);

    exchange(wire, alice, bob); // The compiler's escape analysis is part of the promise.
    exchange(wire, alice, bob);
    long before = threads.getCurrentThreadAllocatedBytes();
    exchange(wire, alice, bob);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertEquals(0, allocated / MESSAGES, allocated + " bytes");
    wire.assertNoFault();
  }

  private static void exchange(WireFixture wire, FakeEndpoint alice, FakeEndpoint bob) {
    int unit = wire.profile.mediumFragmentBytes();
    int fragments = (2000 + unit - 1) / unit;
    for (int i = 0; i < MESSAGES; i += 6) {
      alice.sendTiny(bob, i);
      alice.sendSmall(bob, i, 128);
      alice.sendMedium(bob, i, 1, 2000);
      alice.command(Kind.ACK, bob);
      alice.send();
      bob.sendTiny(alice, i);
      alice.pull(bob, PULLED_BYTES, 0, 0, 1);
      wire.run();
      assertTrue(alice.pollCompletion());
      assertEquals(0, alice.in.pullStatus());
      for (int event = 0; event < 3 + fragments; event++) {
        assertTrue(bob.pollEvent());
      }
      assertTrue(alice.pollEvent());
    }
  }
}
