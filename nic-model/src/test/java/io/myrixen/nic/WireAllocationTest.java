package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.wire.WireProfile;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireAllocationTest {

  private static final int MESSAGES = 50_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource(WireProfile.class)
  void shouldAllocateNothingPerMessage(WireProfile profile) {
    WireFixture wire = WireFixture.joined(profile);
    FakeEndpoint alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    FakeEndpoint bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    wire.leftPort.recording = false;
    wire.rightPort.recording = false;

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
    for (int i = 0; i < MESSAGES; i += 5) {
      alice.sendTiny(bob, i);
      alice.sendSmall(bob, i, 128);
      alice.sendMedium(bob, i, 1, 2000);
      alice.command(Kind.ACK, bob);
      alice.send();
      bob.sendTiny(alice, i);
      wire.run();
      for (int event = 0; event < 3 + fragments; event++) {
        assertTrue(bob.pollEvent());
      }
      assertTrue(alice.pollEvent());
    }
  }
}
