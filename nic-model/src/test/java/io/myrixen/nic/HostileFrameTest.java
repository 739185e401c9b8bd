package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Frames that no honest NIC sends: dropped, counted, and nobody else's harm. */
class HostileFrameTest {

  private static final int[] TYPES = {
    PacketType.RAW,
    PacketType.HOST_QUERY,
    PacketType.HOST_REPLY,
    PacketType.TRUC,
    PacketType.CONNECT,
    PacketType.TINY,
    PacketType.SMALL,
    PacketType.MEDIUM,
    PacketType.RNDV,
    PacketType.PULL,
    PacketType.PULL_REPLY,
    PacketType.NOTIFY,
    PacketType.NACK_LIB,
    PacketType.NACK_MCP
  };

  private WireFixture wire = WireFixture.joined(WireProfile.MX_WIRE);
  private FakeEndpoint alice = new FakeEndpoint(1, 0, WindowGeometry.DEFAULT);
  private FakeEndpoint bob = alice;

  @BeforeEach
  void open() {
    alice = wire.left.open(WireFixture.LEFT_BOARD, 0);
    bob = wire.right.open(WireFixture.RIGHT_BOARD, 0);
  }

  @AfterEach
  void nobodyWasClosed() {
    wire.assertNoFault();
  }

  /** A tiny message of Alice's to Bob, to be spoilt. */
  private Frame honest() {
    Frame frame = wire.frame.clear();
    frame.type = PacketType.TINY;
    frame.source = WireFixture.LEFT_BOARD;
    frame.destination = WireFixture.RIGHT_BOARD;
    frame.peerIndex = Frame.UNKNOWN_INDEX;
    frame.session = bob.session;
    return frame;
  }

  private void dropped(NicCounter counter) {
    long before = wire.right.total(counter);
    int answers = wire.rightPort.sent.size();
    wire.arrives(wire.rightPort);
    assertEquals(before + 1, wire.right.total(counter));
    assertEquals(answers, wire.rightPort.sent.size(), "answered");
    bob.assertNothing();
  }

  private void dropped(NicCounter counter, byte[] frame) {
    long before = wire.right.total(counter);
    wire.rightPort.put(frame);
    wire.run();
    assertEquals(before + 1, wire.right.total(counter));
    bob.assertNothing();
  }

  @Test
  void shouldTakeAnHonestOne() {
    honest();
    wire.arrives(wire.rightPort);
    assertTrue(bob.pollEvent());
  }

  @Test
  void shouldDropFramesOfStrangers() {
    honest().source = 0x0200_0000_0F0FL;
    dropped(NicCounter.DROP_BAD_PEER_ADDR);
    honest().source = WireFixture.RIGHT_BOARD;
    dropped(NicCounter.DROP_BAD_PEER_ADDR);
    Frame query = honest();
    query.type = PacketType.HOST_QUERY;
    query.source = 0x0200_0000_0F0FL;
    dropped(NicCounter.DROP_BAD_PEER_ADDR);
  }

  @Test
  void shouldDropFramesForOthers() {
    honest().destination = 0x0200_0000_0F0FL;
    dropped(NicCounter.DROP_NOT_HERE);
    honest().destination = WireFixture.LEFT_BOARD;
    dropped(NicCounter.DROP_NOT_HERE);
    honest().destination = Frame.BROADCAST;
    dropped(NicCounter.DROP_NOT_HERE);
  }

  @Test
  void shouldNotBelieveAnIndexThatIsNotTheSenders() {
    wire.advance(WireFixture.SECOND_NS * 20);
    honest().peerIndex = 1;
    long before = wire.right.total(NicCounter.DROP_BAD_PEER_INDEX);
    wire.arrives(wire.rightPort);
    honest().peerIndex = 0xFFFE;
    wire.arrives(wire.rightPort);
    assertEquals(before + 2, wire.right.total(NicCounter.DROP_BAD_PEER_INDEX));
    bob.assertNothing();
    honest().peerIndex = 0;
    wire.arrives(wire.rightPort);
    assertTrue(bob.pollEvent());
  }

  @Test
  void shouldDropDiscoveriesForOthers() {
    Frame frame = honest();
    frame.type = PacketType.RAW;
    frame.destination = Frame.BROADCAST;
    frame.nicId = 0x0200_0000_0F0FL;
    dropped(NicCounter.DROP_BAD_PEER_ADDR);
    frame = honest();
    frame.type = PacketType.RAW;
    frame.source = WireFixture.RIGHT_BOARD;
    frame.nicId = WireFixture.RIGHT_BOARD;
    dropped(NicCounter.DROP_BAD_PEER_ADDR);
  }

  @Test
  void shouldCountWhatIsWrongWithTheBytes() {
    dropped(NicCounter.DROP_BAD_HEADER, new byte[0]);
    dropped(NicCounter.DROP_BAD_HEADER, new byte[16]);
    dropped(NicCounter.DROP_OTHER_PROTOCOL, new byte[60]);
    byte[] frame = new byte[wire.profile.maxFrameBytes() + 1];
    honest().write(MemorySegment.ofArray(frame), 0, wire.profile);
    dropped(NicCounter.DROP_BAD_FRAME_LENGTH, frame);
    frame[Frame.BODY_OFFSET] = 99;
    dropped(NicCounter.DROP_UNKNOWN_TYPE, Arrays.copyOf(frame, 60));
    frame[Frame.BODY_OFFSET] = PacketType.NACK_LIB;
    frame[Frame.BODY_OFFSET + 3] = 4;
    dropped(NicCounter.DROP_UNKNOWN_CODE, Arrays.copyOf(frame, 60));
    frame[Frame.BODY_OFFSET] = PacketType.TINY;
    frame[Frame.BODY_OFFSET + 5] = 33;
    dropped(NicCounter.DROP_BAD_LENGTH, Arrays.copyOf(frame, 100));
  }

  private Frame garbage(SplittableRandom random) {
    Frame frame = wire.frame.clear();
    frame.type = TYPES[random.nextInt(TYPES.length)];
    frame.source = random.nextInt(6) == 0 ? random.nextLong() >>> 16 : WireFixture.LEFT_BOARD;
    frame.destination = WireFixture.RIGHT_BOARD;
    frame.peerIndex = random.nextInt(4) == 0 ? random.nextInt(3) : Frame.UNKNOWN_INDEX;
    frame.destinationEndpoint = random.nextInt(10);
    frame.sourceEndpoint = random.nextInt(10);
    frame.session = random.nextBoolean() ? bob.session : random.nextInt();
    frame.sequence = random.nextInt(1 << 16);
    frame.lengthBytes = random.nextInt(4) == 0 ? random.nextLong() >>> 32 : random.nextInt(40_000);
    frame.fragmentUnit = 512 << random.nextInt(8);
    frame.fragmentOffset = (long) random.nextInt(70) * frame.fragmentUnit;
    frame.payloadBytes = random.nextInt(4200);
    frame.windowId = random.nextInt(256);
    frame.blockBytes = random.nextInt(40_000);
    frame.frameIndex = random.nextInt(100);
    frame.reply = random.nextBoolean();
    frame.reverseIndex = random.nextInt(1 << 16);
    frame.nicId = random.nextBoolean() ? frame.source : random.nextLong();
    frame.magic = random.nextInt();
    frame.nackType = random.nextInt(6);
    return frame;
  }

  /**
   * Goal: whatever comes from the wire, nothing is thrown and honest traffic goes on. Method:
   * seeded frames that are wrong in their fields, in a few bytes, or altogether.
   */
  @RepeatedTest(8)
  void shouldKeepHonestTrafficIntactWhateverArrives() {
    long seed = Long.getLong("myrixen.seed", new SplittableRandom().nextLong());
    var random = new SplittableRandom(seed);
    try {
      for (int step = 0; step < 300; step++) {
        for (int i = 0; i < 10; i++) {
          arrive(random);
        }
        wire.run();
        while (bob.pollEvent()) {}
        exchange(step);
        wire.advance(random.nextInt(10_000_000));
      }
      assertEquals(0, wire.right.total(NicCounter.FRAMES_FAILED));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed=" + seed, e);
    }
  }

  private void arrive(SplittableRandom random) {
    byte[] bytes = new byte[MemoryPort.MAX_FRAME_BYTES];
    int length;
    if (random.nextInt(4) == 0) {
      random.nextBytes(bytes);
      bytes[12] = (byte) 0x86;
      bytes[13] = (byte) 0xDF;
      bytes[Frame.BODY_OFFSET] = (byte) TYPES[random.nextInt(TYPES.length)];
      length = random.nextInt(4400);
    } else {
      length = garbage(random).write(MemorySegment.ofArray(bytes), 0, wire.profile);
      for (int i = random.nextInt(3); i > 0; i--) {
        bytes[random.nextInt(14, length)] = (byte) random.nextInt(256);
      }
    }
    wire.rightPort.put(Arrays.copyOf(bytes, length));
  }

  /** An index learned from garbage is put right within a second, as one learned long ago is. */
  private void exchange(int sequence) {
    for (int tries = 0; tries < 3; tries++) {
      alice.sendMedium(bob, sequence, 9, 5000);
      bob.command(Kind.TINY, alice).sequence = sequence;
      bob.send();
      wire.run();
      while (bob.pollEvent()) {
        if (bob.in.kind == Kind.MEDIUM && bob.in.length == 5000) {
          bob.assertPayload(sequence, bob.in.fragmentOffset(), bob.in.fragmentLength());
        }
      }
      boolean heard = false;
      while (alice.pollEvent()) {
        heard |= alice.in.kind == Kind.TINY && alice.in.sequence == sequence;
      }
      if (heard) {
        return;
      }
      wire.advance(WireFixture.SECOND_NS);
    }
    throw new AssertionError("message %d of Bob was lost three times".formatted(sequence));
  }
}
