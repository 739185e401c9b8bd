package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  /** A quantum of 720 bytes: ten tiny messages of eight bytes. */
  private static final NicContext CONTEXT =
      new NicContext(8, 8, 32, 64, 720, 4096, 4, 512 * 1024, 500_000, 40);

  private static final WindowGeometry WIDE = new WindowGeometry(12, 14, 13, 6, 3, 18);

  private final NicFixture world = new NicFixture(CONTEXT);

  private FakeEndpoint flooding(long nicId, int endpointId, FakeEndpoint to) {
    var endpoint = world.open(nicId, endpointId, WIDE);
    for (int i = 0; i < 4000; i++) {
      endpoint.sendTiny(to, i);
    }
    return endpoint;
  }

  private FakeEndpoint sink(int vm) {
    world.board(vm, vm, 1);
    return world.open(vm, 0, WIDE);
  }

  @Test
  void shouldServeAQuietVmInEveryCycleBesideOneThatFloods() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    FakeEndpoint sink = sink(3);
    FakeEndpoint quiet = world.open(2, 0);
    FakeEndpoint flood = flooding(1, 0, sink);
    flooding(1, 1, sink);

    for (int i = 0; i < 50; i++) {
      quiet.sendTiny(sink, i);
      long floodBefore = flood.control.commandsConsumedAcquire();
      world.nic.doWork();
      assertEquals(i + 1, quiet.control.commandsConsumedAcquire());
      assertTrue(flood.control.commandsConsumedAcquire() - floodBefore <= 11);
    }
  }

  @Test
  void shouldShareByVmAndNotByEndpoint() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    FakeEndpoint sink = sink(3);
    var many = new FakeEndpoint[5];
    for (int i = 0; i < many.length; i++) {
      many[i] = flooding(1, i, sink);
    }
    FakeEndpoint one = flooding(2, 0, sink);
    for (int i = 0; i < 100; i++) {
      world.nic.doWork();
    }

    long sum = 0;
    for (FakeEndpoint endpoint : many) {
      sum += endpoint.control.commandsConsumedAcquire();
      assertTrue(endpoint.control.commandsConsumedAcquire() > 0);
    }
    assertTrue(Math.abs(one.control.commandsConsumedAcquire() - sum) <= 64);
  }

  @Test
  void shouldShareByWeight() {
    world.board(1, 1, 3);
    world.board(2, 2, 1);
    FakeEndpoint sink = sink(3);
    FakeEndpoint heavy = flooding(1, 0, sink);
    FakeEndpoint light = flooding(2, 0, sink);
    for (int i = 0; i < 50; i++) {
      world.nic.doWork();
    }

    assertEquals(
        3.0,
        (double) heavy.control.commandsConsumedAcquire() / light.control.commandsConsumedAcquire(),
        0.3);
  }

  @Test
  void shouldChargePullsToTheirPuller() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    FakeEndpoint sink = sink(3);
    FakeEndpoint puller = world.open(1, 0);
    FakeEndpoint sender = flooding(2, 0, sink);
    world.done(world.nic.addRegion(1, 0, 1, Arena.ofAuto().allocate(1 << 20), true));
    puller.rdma(0).open(RdmaWindowEntry.SOURCE, 1, 1, 0, 1 << 19, 0);
    puller.rdma(1).open(RdmaWindowEntry.SINK, 1, 1, 1 << 19, 1 << 19, 0);
    puller.pull(puller, 1 << 19, 0, 1, 1);
    for (int i = 0; i < 200; i++) {
      world.nic.doWork();
    }

    double pulled = world.total(NicCounter.PULLED_BYTES);
    double sent = sender.control.commandsConsumedAcquire() * 72.0;
    assertEquals(1.0, pulled / sent, 0.1);
  }

  @Test
  void shouldNotLetAnIdleVmSaveUp() {
    world.board(1, 1, 1);
    FakeEndpoint sink = sink(3);
    for (int i = 0; i < 1000; i++) {
      world.nic.doWork();
    }
    FakeEndpoint late = flooding(1, 0, sink);
    long before = late.control.commandsConsumedAcquire();
    world.nic.doWork();

    assertTrue(late.control.commandsConsumedAcquire() - before <= 11, "a quantum");
  }
}
