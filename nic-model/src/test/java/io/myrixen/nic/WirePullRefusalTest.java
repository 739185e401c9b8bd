package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls over a wire that are refused, forged, or end before their time. */
class WirePullRefusalTest {

  private static final WireProfile PROFILE = WireProfile.MX_WIRE;
  private static final int GENERATION = 42;
  private static final int REGION = 7;
  private static final int LENGTH = 100_000;

  private WireFixture wire = WireFixture.joined(PROFILE);
  private final MemorySegment memory = Arena.ofAuto().allocate(1 << 18, 4096);
  private FakeEndpoint puller = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint owner = puller;

  @BeforeEach
  void open() {
    wire = WireFixture.joined(PROFILE);
    puller = wire.left.open(WireFixture.LEFT_BOARD, 3);
    owner = wire.right.open(WireFixture.RIGHT_BOARD, 5);
    wire.left.done(wire.left.nic.addRegion(WireFixture.LEFT_BOARD, 3, REGION, memory, true));
    wire.right.done(wire.right.nic.addRegion(WireFixture.RIGHT_BOARD, 5, REGION, memory, false));
    owner.rdma(2).open(RdmaWindowEntry.SOURCE, GENERATION, REGION, 0, LENGTH, 0);
    puller.rdma(4).open(RdmaWindowEntry.SINK, GENERATION, REGION, 1 << 17, LENGTH, 0);
  }

  @AfterEach
  void nobodyWasClosed() {
    wire.assertNoFault();
  }

  private void pull() {
    puller.pull(owner, LENGTH, 2, 4, GENERATION);
    wire.run();
  }

  private void ended(int status) {
    assertTrue(puller.pollCompletion());
    assertEquals(Kind.PULL_DONE, puller.in.kind);
    assertEquals(status, puller.in.pullStatus());
    assertFalse(puller.completions.ready());
    assertEquals(0, wire.left.nic.counters().total().of(NicCounter.FAULTS));
  }

  /** A PULL for the first block as the puller would send it, in {@link WireFixture#frame}. */
  private Frame request() {
    Frame frame = wire.frame.clear();
    frame.type = PacketType.PULL;
    frame.source = WireFixture.LEFT_BOARD;
    frame.destination = WireFixture.RIGHT_BOARD;
    frame.peerIndex = Frame.UNKNOWN_INDEX;
    frame.destinationEndpoint = owner.id;
    frame.sourceEndpoint = puller.id;
    frame.session = owner.session;
    frame.lengthBytes = LENGTH;
    frame.windowId = 2;
    frame.windowGeneration = GENERATION;
    frame.pullHandle = 0x23;
    frame.pullMagic = 0x5678;
    frame.blockBytes = 8 * PROFILE.pullReplyBytes();
    return frame;
  }

  private long replies() {
    return wire.sent(wire.rightPort, PacketType.PULL_REPLY);
  }

  @ParameterizedTest
  @CsvSource({"200, 1", "7, 2", "5, 3"})
  void shouldRefuseAPullThatReachesNobody(int endpoint, int nackType) {
    request().destinationEndpoint = endpoint;
    wire.frame.session = nackType == 3 ? owner.session + 1 : owner.session;
    wire.arrives(wire.rightPort);

    Frame nack = wire.last(wire.rightPort);
    assertEquals(PacketType.NACK_MCP, nack.type);
    assertEquals(nackType, nack.nackType);
    assertEquals(endpoint, nack.sourceEndpoint);
    assertEquals(0x23, nack.pullHandle);
    assertEquals(0x5678, nack.pullMagic);
    assertEquals(0, replies());
    assertEquals(1, wire.left.total(NicCounter.DROP_NACK_MCP_BAD_HANDLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "beyond", "generation", "closed", "sink", "region"})
  void shouldRefuseAPullOfNoWindow(String what) {
    request();
    switch (what) {
      case "id" -> wire.frame.windowId = 9;
      case "beyond" -> wire.frame.windowId = 255;
      case "generation" -> wire.frame.windowGeneration++;
      case "closed" -> owner.rdma(2).close();
      case "sink" -> owner.rdma(2).open(RdmaWindowEntry.SINK, GENERATION, REGION, 0, LENGTH, 0);
      default -> owner.rdma(2).open(RdmaWindowEntry.SOURCE, GENERATION, 99, 0, LENGTH, 0);
    }
    wire.arrives(wire.rightPort);

    assertEquals(PacketType.NACK_MCP, wire.last(wire.rightPort).type);
    assertEquals(NackType.BAD_RDMA_WINDOW, wire.frame.nackType);
    assertEquals(0, replies());
  }

  @Test
  void shouldDropAPullBeyondItsWindow() {
    request().lengthBytes = LENGTH + 1;
    wire.arrives(wire.rightPort);
    assertEquals(1, wire.right.total(NicCounter.DROP_PULL_BAD_OFFSET));
    assertEquals(0, replies());
    assertEquals(0, wire.sent(wire.rightPort, PacketType.NACK_MCP));
  }

  @Test
  void shouldReplyToNobodyWhoIsNoPeer() {
    request().source = 0x0200_0000_0777L;
    wire.arrives(wire.rightPort);
    assertEquals(1, wire.right.total(NicCounter.DROP_BAD_PEER_ADDR));
    assertEquals(0, replies());
  }

  @Test
  void shouldServeTheSameBlockAgain() {
    request();
    wire.arrives(wire.rightPort);
    request();
    wire.arrives(wire.rightPort);
    assertEquals(16, replies());
    assertEquals(16, wire.left.total(NicCounter.DROP_PULL_REPLY_BAD_HANDLE));
  }

  @Test
  void shouldServeAStagedWindowToTheOnePullThatBeganIt() {
    owner.rdma(2).open(RdmaWindowEntry.SOURCE, GENERATION, REGION, 0, LENGTH, 1 << 16);
    request();
    wire.arrives(wire.rightPort);
    request().pullMagic++;
    wire.arrives(wire.rightPort);
    assertEquals(NackType.BAD_RDMA_WINDOW, wire.last(wire.rightPort).nackType);

    owner.rdma(2).watermarkRelease(1 << 15);
    wire.run();
    assertEquals(8, replies());
  }

  @Test
  void shouldCloseAnEndpointWhoseStagedWindowClaimsTooMuch() {
    owner.rdma(2).open(RdmaWindowEntry.SOURCE, GENERATION, REGION, 0, LENGTH, 1 << 16);
    owner.rdma(2).watermarkRelease((1 << 16) + 1);
    request();
    wire.arrives(wire.rightPort);
    assertEquals(1, wire.right.faults.size());
    assertEquals(0, replies());
    wire.right.faults.clear();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void shouldTellThePullerWhyItWasRefused(int nackType) {
    wire.rightPort.lost = _ -> true;
    pull();
    Frame asked = wire.last(wire.leftPort);
    int handle = asked.pullHandle;
    int magic = asked.pullMagic;
    Frame nack = wire.frame.clear();
    nack.type = PacketType.NACK_MCP;
    nack.source = WireFixture.RIGHT_BOARD;
    nack.destination = WireFixture.LEFT_BOARD;
    nack.peerIndex = Frame.UNKNOWN_INDEX;
    nack.nackType = nackType;
    nack.pullHandle = handle;
    nack.pullMagic = magic + 1;
    wire.arrives(wire.leftPort);
    assertFalse(puller.completions.ready(), "a forged one");

    nack.pullMagic = magic;
    wire.arrives(wire.leftPort);
    ended(nackType);
  }

  @Test
  void shouldDropRepliesThatWereNotAskedFor() {
    wire.rightPort.lost = frame -> (frame[Frame.BODY_OFFSET] & 0xFF) == PacketType.PULL_REPLY;
    pull();
    assertTrue(replies() > 1);
    byte[] reply =
        wire.rightPort.sent.stream()
            .filter(frame -> (frame[Frame.BODY_OFFSET] & 0xFF) == PacketType.PULL_REPLY)
            .findFirst()
            .orElseThrow();
    for (int at : new int[] {17, 19, 23, 27, 31}) { // Number, length, position, handle, magic.
      byte[] forged = reply.clone();
      forged[at] ^= 1;
      wire.leftPort.put(forged);
      wire.run();
    }
    assertEquals(0, wire.left.total(NicCounter.RECEIVED_PULL_REPLY));
    assertEquals(2, wire.left.total(NicCounter.DROP_PULL_REPLY_BAD_SEQUENCE));
    assertEquals(1, wire.left.total(NicCounter.DROP_BAD_LENGTH));
    assertEquals(2, wire.left.total(NicCounter.DROP_PULL_REPLY_BAD_HANDLE));

    wire.leftPort.put(reply);
    wire.leftPort.put(reply);
    wire.run();
    assertEquals(1, wire.left.total(NicCounter.RECEIVED_PULL_REPLY));
    assertEquals(1, wire.left.total(NicCounter.DROP_PULL_REPLY_DUPLICATE));
    assertEquals(PROFILE.pullReplyBytes(), puller.rdma(4).progressAcquire());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sink", "region", "port"})
  void shouldEndAPullWhoseEndHasGone(String what) {
    wire.rightPort.lost = frame -> (frame[Frame.BODY_OFFSET] & 0xFF) == PacketType.PULL_REPLY;
    pull();
    Nic nic = wire.left.nic;
    switch (what) {
      case "sink" -> puller.rdma(4).close();
      case "region" -> wire.left.done(nic.removeRegion(WireFixture.LEFT_BOARD, puller.id, REGION));
      default -> wire.left.done(nic.detachPort());
    }
    wire.run();
    ended(what.equals("port") ? NackType.NIC_UNREACHABLE : NackType.ABORTED);
  }

  @Test
  void shouldForgetAPullWhoseEndpointIsClosed() {
    wire.rightPort.lost = frame -> (frame[Frame.BODY_OFFSET] & 0xFF) == PacketType.PULL_REPLY;
    pull();
    wire.left.done(wire.left.nic.closeEndpoint(WireFixture.LEFT_BOARD, puller.id));
    wire.run();
    assertEquals(1, wire.left.total(NicCounter.PULLS_ABORTED));
    assertFalse(puller.completions.ready());
    wire.leftPort.put(wire.rightPort.sent.getLast());
    wire.run();
    assertEquals(1, wire.left.total(NicCounter.DROP_PULL_REPLY_BAD_HANDLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "region"})
  void shouldSendNothingOfWhatHasGone(String what) {
    wire.rightPort.credit = 1;
    request();
    wire.arrives(wire.rightPort);
    assertEquals(1, replies());
    Nic nic = wire.right.nic;
    wire.right.done(
        what.equals("region")
            ? nic.removeRegion(WireFixture.RIGHT_BOARD, owner.id, REGION)
            : nic.closeEndpoint(WireFixture.RIGHT_BOARD, owner.id));
    wire.rightPort.credit = Integer.MAX_VALUE;
    wire.run();
    assertEquals(1, replies());
  }

  @Test
  void shouldRefuseARingThatHoldsNoFrame() {
    puller.rdma(4).open(RdmaWindowEntry.SINK, GENERATION, REGION, 1 << 17, LENGTH, 4096);
    pull();
    ended(NackType.BAD_RDMA_WINDOW);
  }

  @Test
  void shouldMoveNothingAtOnce() {
    puller.pull(owner, 0, 2, 4, GENERATION);
    wire.run();
    ended(0);
    assertEquals(0, wire.sent(wire.leftPort, PacketType.PULL));
  }
}
