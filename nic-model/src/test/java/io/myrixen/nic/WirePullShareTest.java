package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** How VMs share what a NIC may have on its way. */
class WirePullShareTest {

  private static final long OTHER_BOARD = WireFixture.LEFT_BOARD + 1;
  private static final int REGION = 7;
  private static final int LENGTH = 1 << 20;
  private static final NicContext CONTEXT =
      new NicContext(8, 8, 16, 64, 64 * 1024, 64 * 1024, 64, 512 * 1024, 60_000, 40);

  private final WireFixture wire = new WireFixture(WireProfile.MX_WIRE, CONTEXT);
  private final MemorySegment memory = Arena.ofAuto().allocate(LENGTH, 4096);

  /** Joins the NICs; replies are lost, so that what is asked for stays on its way. */
  private FakeEndpoint owner(int weightOfOther) {
    wire.left.board(WireFixture.LEFT_BOARD, 1, 1);
    wire.left.board(OTHER_BOARD, 3, weightOfOther);
    wire.right.board(WireFixture.RIGHT_BOARD, 2, 1);
    wire.attach();
    wire.run();
    wire.rightPort.lost = frame -> (frame[Frame.BODY_OFFSET] & 0xFF) == PacketType.PULL_REPLY;
    FakeEndpoint owner = wire.right.open(WireFixture.RIGHT_BOARD, 0);
    wire.right.done(wire.right.nic.addRegion(WireFixture.RIGHT_BOARD, 0, REGION, memory, false));
    owner.rdma(0).open(RdmaWindowEntry.SOURCE, 1, REGION, 0, LENGTH, 0);
    return owner;
  }

  private void pull(long board, FakeEndpoint owner, int count) {
    FakeEndpoint puller = wire.left.open(board, 0);
    wire.left.done(wire.left.nic.addRegion(board, 0, REGION, memory, true));
    for (int i = 0; i < count; i++) {
      puller.rdma(i).open(RdmaWindowEntry.SINK, 1, REGION, 0, LENGTH, 0);
      puller.pull(owner, LENGTH, 0, i, 1);
    }
    wire.run();
  }

  /** How many blocks of 32 KiB a board has asked for. */
  private long blocks(long board) {
    return wire.leftPort.sent.stream()
        .filter(frame -> (frame[Frame.BODY_OFFSET] & 0xFF) == PacketType.PULL)
        .filter(frame -> wire.read(frame).source == board)
        .count();
  }

  @Test
  void shouldLeaveAllToOneThatIsAlone() {
    FakeEndpoint owner = owner(1);
    pull(WireFixture.LEFT_BOARD, owner, 1);
    assertEquals(4, blocks(WireFixture.LEFT_BOARD), "a pull's own span");
    pull(OTHER_BOARD, owner, 0);
    wire.left.done(wire.left.nic.closeEndpoint(WireFixture.LEFT_BOARD, 0));
    wire.leftPort.sent.clear();
    pull(WireFixture.LEFT_BOARD, owner, 8);
    assertEquals(16, blocks(WireFixture.LEFT_BOARD), "the NIC's window");
  }

  @Test
  void shouldShareByWeightWhoeverHasMorePulls() {
    FakeEndpoint owner = owner(3);
    pull(WireFixture.LEFT_BOARD, owner, 1);
    pull(OTHER_BOARD, owner, 20);
    assertEquals(4, blocks(WireFixture.LEFT_BOARD));
    assertEquals(12, blocks(OTHER_BOARD));
  }

  @Test
  void shouldKeepAShareForWhoHasLess() {
    FakeEndpoint owner = owner(1);
    pull(OTHER_BOARD, owner, 1);
    pull(WireFixture.LEFT_BOARD, owner, 20);
    assertEquals(4, blocks(OTHER_BOARD));
    assertEquals(8, blocks(WireFixture.LEFT_BOARD), "half of the window");
  }
}
