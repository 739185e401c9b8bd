package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NicControlTest {

  private final NicFixture world = new NicFixture();

  private ReturnCode code(CompletableFuture<Void> future) {
    return ((NicException) world.failure(future)).code();
  }

  private static BoardConfig config(long nicId, String name) {
    return new BoardConfig(nicId, name, 1, 1);
  }

  @Test
  void shouldListBoardsUnderTheirNames() {
    world.board(1, 1, 1);
    world.board(2, 2, 1);
    assertEquals(Set.of(new Peer(1, "vm1:1"), new Peer(2, "vm2:2")), Set.copyOf(world.nic.peers()));

    world.done(world.nic.removeBoard(1));
    assertEquals(Set.of(new Peer(2, "vm2:2")), Set.copyOf(world.nic.peers()));
  }

  @Test
  void shouldRefuseABoardWhoseIdOrNameIsTaken() {
    world.done(world.nic.addBoard(config(1, "a:0")));

    assertEquals(ReturnCode.BUSY, code(world.nic.addBoard(config(1, "b:0"))));
    assertEquals(ReturnCode.BUSY, code(world.nic.addBoard(config(2, "a:0"))));

    world.done(world.nic.removeBoard(1));
    world.done(world.nic.addBoard(config(1, "a:0")));
  }

  @Test
  void shouldRefuseABoardTooMany() {
    for (int i = 1; i <= 8; i++) {
      world.done(world.nic.addBoard(config(i, "vm:" + i)));
    }
    assertEquals(ReturnCode.NO_RESOURCES, code(world.nic.addBoard(config(9, "vm:9"))));
  }

  @Test
  void shouldRefuseEndpointsThatCannotBe() {
    world.board(1, 1, 1);
    world.board(2, 1, 1);
    world.board(3, 1, 1);
    world.open(1, 0);

    assertEquals(ReturnCode.BUSY, code(open(1, 0)));
    assertEquals(ReturnCode.BAD_ENDPOINT, code(open(1, 8)));
    assertEquals(ReturnCode.BAD_ENDPOINT, code(open(1, -1)));
    assertEquals(ReturnCode.BOARD_UNKNOWN, code(open(4, 0)));
    for (int i = 1; i < 16; i++) {
      world.open(1 + i / 8, i % 8);
    }
    assertEquals(ReturnCode.NO_RESOURCES, code(open(3, 0)), "16 on the whole NIC");
    world.done(world.nic.closeEndpoint(1, 5));
    world.open(3, 0);
  }

  private CompletableFuture<Void> open(long nicId, int endpointId) {
    return world.nic.openEndpoint(
        new FakeEndpoint(nicId, endpointId, WindowGeometry.SMALLEST).config());
  }

  @Test
  void shouldRefuseRegionsThatCannotBe() {
    world.board(1, 1, 1);
    world.open(1, 0);
    var memory = Arena.ofAuto().allocate(4096);

    assertEquals(ReturnCode.BAD_ENDPOINT, code(world.nic.addRegion(1, 1, 5, memory, true)));
    world.done(world.nic.addRegion(1, 0, 5, memory, true));
    assertEquals(ReturnCode.BUSY, code(world.nic.addRegion(1, 0, 5, memory, true)));
    world.done(world.nic.removeRegion(1, 0, 5));
    world.done(world.nic.addRegion(1, 0, 5, memory, true));
  }

  @Test
  void shouldEndWellWhatIsUndoneTwice() {
    world.board(1, 1, 1);
    world.done(world.nic.removeRegion(1, 0, 5));
    world.done(world.nic.closeEndpoint(1, 0));
    world.done(world.nic.closeEndpoint(1, 999));
    world.done(world.nic.closeEndpoint(9, 0));
    world.done(world.nic.removeBoard(9));
  }

  @Test
  void shouldTouchNothingOfAnEndpointOnceClosed() {
    world.board(1, 1, 1);
    var endpoint = world.open(1, 0);
    world.done(world.nic.closeEndpoint(1, 0));
    endpoint.sendTiny(endpoint, 1);
    world.run();

    assertEquals(0, endpoint.control.commandsConsumedAcquire());
    assertTrue(world.nic.counters().endpoints().isEmpty());
  }

  @Test
  void shouldRefuseOldSessionsWhenReopened() {
    world.board(1, 1, 1);
    var sender = world.open(1, 1);
    world.open(1, 0);
    world.done(world.nic.closeEndpoint(1, 0));
    var fresh = world.open(1, 0);
    sender.command(Kind.TINY, fresh).session = 0;
    sender.send();
    world.run();

    assertTrue(sender.pollEvent());
    assertEquals(NackType.BAD_SESSION, sender.in.nackType());
    fresh.assertNothing();
  }

  @Test
  void shouldFailWhatComesAfterTheEnd() {
    world.board(1, 1, 1);
    var endpoint = world.open(1, 0);
    var late = world.nic.addBoard(config(2, "late:0"));
    world.nic.onClose();

    assertTrue(late.isCompletedExceptionally());
    assertTrue(world.nic.removeBoard(1).isCompletedExceptionally());
    assertTrue(world.nic.peers().isEmpty());
    endpoint.sendTiny(endpoint, 1);
    assertEquals(0, world.nic.doWork());
    assertFalse(endpoint.events.ready());
  }

  @Test
  void shouldRefuseConfigurationsThatMakeNoSense() {
    var small = new FakeEndpoint(1, 0, WindowGeometry.SMALLEST);
    assertThrows(
        IllegalArgumentException.class,
        () -> new EndpointConfig(1, 0, 0, WindowGeometry.DEFAULT, small.window, () -> {}));
    assertThrows(IllegalArgumentException.class, () -> new BoardConfig(0, "a:0", 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BoardConfig(1L << 48, "a:0", 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BoardConfig(1, "x".repeat(80), 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BoardConfig(1, "a:0", 1, 65));
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new NicContext(8, 257, 16, 64, 1024, 4096, 4, 65_536, 1000, 40));
    assertEquals("endpointsPerBoard must be 1 to 256: 257", refused.getMessage());
    assertEquals(64, NicContext.fromSystemProperties().batchLimit());
  }
}
