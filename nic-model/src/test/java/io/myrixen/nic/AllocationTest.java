package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final int MESSAGES = 100_000;

  private final NicFixture world = new NicFixture();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldAllocateNothingPerMessage() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    FakeEndpoint alice = world.open(1, 0);
    FakeEndpoint bob = world.open(2, 0);
    var memory = Arena.ofAuto().allocate(8192);
    world.done(world.nic.addRegion(1, 0, 1, memory, true));
    world.done(world.nic.addRegion(2, 0, 1, memory, true));
    bob.rdma(0).open(RdmaWindowEntry.SOURCE, 1, 1, 0, 4096, 0);
    alice.rdma(0).open(RdmaWindowEntry.SINK, 1, 1, 4096, 4096, 0);

    exchange(alice, bob); // The compiler's escape analysis is part of the promise.
    exchange(alice, bob);
    long before = threads.getCurrentThreadAllocatedBytes();
    exchange(alice, bob);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertEquals(0, allocated / MESSAGES, allocated + " bytes");
    world.assertNoFault();
  }

  private void exchange(FakeEndpoint alice, FakeEndpoint bob) {
    for (int i = 0; i < MESSAGES; i += 4) {
      alice.sendTiny(bob, i);
      alice.sendSmall(bob, i, 128);
      alice.sendMedium(bob, i, 0, 5000);
      alice.pull(bob, 4096, 0, 0, 1);
      while (world.nic.doWork() > 0) {}
      for (int event = 0; event < 3; event++) {
        assertTrue(bob.pollEvent());
      }
      assertTrue(alice.pollCompletion());
    }
  }
}
