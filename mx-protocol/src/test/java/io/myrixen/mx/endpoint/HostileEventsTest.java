package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Events and completions that no honest NIC or peer writes. */
class HostileEventsTest extends TwoEndpoints {

  private static final int[] KINDS = {
    Kind.ACK,
    Kind.CONNECT_REQUEST,
    Kind.TINY,
    Kind.SMALL,
    Kind.MEDIUM,
    Kind.RNDV,
    Kind.PULL,
    Kind.NOTIFY,
    Kind.NACK,
    Kind.CONNECT_REPLY,
    Kind.RECEIVER_FULL,
    Kind.PULL_DONE
  };

  private Descriptor garbage(SplittableRandom random) {
    Descriptor event = new Descriptor();
    event.kind = random.nextInt(10) == 0 ? random.nextInt(256) : KINDS[random.nextInt(12)];
    boolean stranger = random.nextInt(4) == 0;
    event.nicId = stranger ? random.nextLong() >>> 16 : World.FIRST_NIC;
    event.endpoint = stranger ? random.nextInt(256) : 0;
    event.sequence =
        random.nextBoolean() ? random.nextInt(1 << 16) : 0x3FF0 + random.nextInt(32) & 0x3FFF;
    event.ack = random.nextBoolean() ? random.nextInt(1 << 16) : 0x3FFD;
    event.session = random.nextInt();
    event.length = random.nextBoolean() ? random.nextInt(200) : random.nextInt();
    event.matchInfo = random.nextInt(4);
    event.detail0 = random.nextBoolean() ? random.nextInt(5_000) : random.nextLong();
    event.detail1 = random.nextLong();
    return event;
  }

  /**
   * Goal: whatever is written, nothing is thrown and no memory outside is touched, and a partner
   * that is nobody's victim goes on. Method: seeded garbage in both queues, then an exchange with a
   * third endpoint.
   */
  @RepeatedTest(32)
  void shouldSurviveGarbage() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    LibraryEndpoint carol = world.open(2, 0);
    var toBobFromCarol = carol.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);
    NicSide side = world.side(bob);
    for (int i = 0; i < 50; i++) {
      receive(bob, room(random.nextInt(2_000)), random.nextInt(4));
    }
    for (int i = 0; i < 400; i++) {
      side.events.write(garbage(random));
      side.completions.write(garbage(random));
      bob.progress();
    }
    assertTrue(bob.counters().badEvents() > 0, "seed=" + seed);
    MemorySegment target = room(20_000);
    Request receive = receive(bob, target, 99);
    carol.isend(message(20_000), toBobFromCarol, 99, null);
    assertTrue(bob.await(receive, LONG, status), "seed=" + seed);
    assertEquals(StatusCode.SUCCESS, status.code(), "seed=" + seed);
    assertEquals(-1, message(20_000).mismatch(target), "seed=" + seed);
  }

  @Test
  void shouldNotBelieveWhereAPayloadLies() {
    Descriptor event = new Descriptor();
    event.kind = Kind.SMALL;
    event.nicId = World.FIRST_NIC;
    event.sequence = 0x3FFD;
    event.ack = 0x3FFD;
    event.length = 100;
    long[] positions = {-64, -1, 1, 63, 1 << 18, (1 << 18) - 64, Long.MAX_VALUE & -64};
    for (long position : positions) {
      event.receivePosition(position);
      world.side(bob).events.write(event);
    }
    bob.progress();

    assertEquals(positions.length, bob.counters().badEvents());
    assertEquals(0, bob.counters().unexpected());
  }

  private Descriptor fragment(int length, int offset, int bytes, int unit) {
    Descriptor event = new Descriptor();
    event.kind = Kind.MEDIUM;
    event.nicId = World.FIRST_NIC;
    event.sequence = 0x3FFD;
    event.ack = 0x3FFD;
    event.length = length;
    event.fragment(offset, bytes, unit);
    return event;
  }

  @Test
  void shouldNotBelieveFragmentsThatAreNone() {
    Descriptor[] events = {
      fragment(0, 0, 0, 4_096),
      fragment(32_769, 0, 4_096, 4_096),
      fragment(-1, 0, 4_096, 4_096),
      fragment(8_192, 0, 4_096, 0),
      fragment(32_768, 0, 511, 511),
      fragment(8_192, 8_192, 4_096, 4_096),
      fragment(8_192, -4_096, 4_096, 4_096),
      fragment(8_192, 100, 4_096, 4_096),
      fragment(8_192, 4_096, 4_095, 4_096),
      fragment(5_000, 4_096, 4_096, 4_096),
      fragment(5_000, 0, 0, 4_096),
    };
    for (Descriptor event : events) {
      world.side(bob).events.write(event);
    }
    bob.progress();

    assertEquals(events.length, bob.counters().badEvents());
    assertEquals(0, bob.counters().unexpected());
  }

  @Test
  void shouldTakeAFragmentOfAnotherUnitForADuplicate() {
    NicSide side = world.side(bob);
    side.write(fragment(8_192, 0, 4_096, 4_096), new byte[4_096]);
    side.write(fragment(8_192, 4_096, 2_048, 2_048), new byte[2_048]);
    side.write(fragment(8_192, 6_144, 2_048, 2_048), new byte[2_048]);
    bob.progress();

    assertEquals(2, bob.counters().duplicates());
    Request receive = receive(bob, room(8_192), 0);
    stillPending(bob, receive);
    side.write(fragment(8_192, 4_096, 4_096, 4_096), new byte[4_096]);
    ends(bob, receive, StatusCode.SUCCESS, 8_192, 8_192);
  }

  @Test
  void shouldNotLetALyingNotifyEndAnotherPartnersSend() {
    LibraryEndpoint carol = world.open(2, 0);
    carol.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    Request send = send(alice, message(50_000), toBob, 1);
    world.settle();
    Descriptor event = new Descriptor();
    event.kind = Kind.NOTIFY;
    event.nicId = World.FIRST_NIC + 2;
    event.sequence = 0x3FFD;
    event.ack = 0x3FFD;
    event.length = 50_000;
    for (int id = 0; id < 64; id++) {
      event.remoteWindow(id, 23);
      world.side(alice).write(event, new byte[0]);
      event.sequence = Sequence.next(event.sequence);
    }
    stillPending(alice, send);
  }
}
