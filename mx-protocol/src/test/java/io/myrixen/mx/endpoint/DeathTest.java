package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import org.junit.jupiter.api.Test;

/** Peers and devices that go away while requests are under way. */
class DeathTest extends TwoEndpoints {

  @Test
  void shouldEndWhatTheNicRefuses() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.kill(bob);

    ends(alice, large, StatusCode.ENDPOINT_CLOSED, 50_000, 0);
    ends(alice, send(alice, message(9), toBob, 1), StatusCode.ENDPOINT_CLOSED);
    assertEquals(1, alice.counters().nacks());
  }

  @Test
  void shouldReleaseWhatWasCalledCompleteWhenItIsRefused() {
    world.kill(bob);
    ends(alice, send(alice, message(9), toBob, 1), StatusCode.SUCCESS);
    world.settle();

    assertTrue(alice.close(java.time.Duration.ZERO).clean());
  }

  @Test
  void shouldTellARestartedPeerFromAClosedOne() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.kill(bob);
    bob = world.open(1, 3);

    ends(alice, large, StatusCode.BAD_SESSION, 50_000, 0);
  }

  @Test
  void shouldEndWhatCannotBeReached() {
    world.nic.plan = c -> c.kind == Kind.RNDV ? Fate.UNREACHABLE : Fate.DELIVER;
    ends(alice, send(alice, message(50_000), toBob, 1), StatusCode.ENDPOINT_UNREACHABLE);
  }

  @Test
  void shouldFindADeadPeerThatOwesANotify() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.run(SECOND_NS);
    world.kill(bob);
    long begun = world.now();

    ends(alice, large, StatusCode.ENDPOINT_CLOSED);
    assertTrue(world.now() - begun <= 2 * SECOND_NS);
  }

  @Test
  void shouldWaitForAReceiveHoweverLong() {
    Request large = send(alice, message(50_000), toBob, 1);
    world.run(120 * SECOND_NS);
    stillPending(alice, large);
    Request receive = receive(bob, room(50_000), 1);

    ends(bob, receive, StatusCode.SUCCESS);
    ends(alice, large, StatusCode.SUCCESS);
  }

  @Test
  void shouldEndAPartlyFilledReceiveWhenItsSenderIsGone() {
    EndpointAddress toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
    int[] count = {0};
    world.nic.fragmentBytes = 4_096;
    world.nic.plan = c -> c.kind == Kind.MEDIUM && count[0]++ == 2 ? Fate.DROP : Fate.DELIVER;
    Request receive = receive(bob, room(32_768), 1);
    alice.isend(message(32_768), toBob, 1, null);
    world.settle();
    world.kill(alice);
    stillPending(bob, receive);
    bob.isend(message(1), toAlice, 1, null); // Refused: now Bob knows.

    ends(bob, receive, StatusCode.ENDPOINT_UNREACHABLE, 32_768, 0);
  }

  @Test
  void shouldFindADeadPeerThatOwesTheRestOfAMessage() {
    int[] count = {0};
    world.nic.fragmentBytes = 4_096;
    world.nic.plan = c -> c.kind == Kind.MEDIUM && count[0]++ == 2 ? Fate.DROP : Fate.DELIVER;
    Request receive = receive(bob, room(32_768), 1);
    alice.isend(message(32_768), toBob, 1, null);
    world.settle();
    world.kill(alice);
    long begun = world.now();

    ends(bob, receive, StatusCode.ENDPOINT_UNREACHABLE, 32_768, 0);
    assertTrue(world.now() - begun <= 2 * SECOND_NS);
  }

  @Test
  void shouldEndAReceiveWhosePullIsAborted() {
    world.nic.pulling = false;
    Request receive = receive(bob, room(500_000), 1);
    Request other = receive(bob, room(500_000), 1);
    alice.isend(message(500_000), toBob, 1, null);
    world.settle();
    world.kill(alice);
    world.nic.pulling = true;

    ends(bob, receive, StatusCode.ABORTED, 500_000, 0);
    stillPending(bob, other);
  }

  @Test
  void shouldEndAReceiveThatMatchesADeadSendersAnnouncement() {
    alice.isend(message(500_000), toBob, 1, null);
    world.settle();
    world.kill(alice);

    ends(bob, receive(bob, room(500_000), 1), StatusCode.ENDPOINT_CLOSED, 500_000, 0);
  }

  @Test
  void shouldDeliverWhatHadArrivedBeforeTheSenderDied() {
    alice.isend(message(20_000), toBob, 1, null);
    world.settle();
    world.kill(alice);
    alice = world.open(0, 0);
    alice.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);

    ends(bob, receive(bob, room(20_000), 1), StatusCode.SUCCESS, 20_000, 20_000);
  }

  @Test
  void shouldIgnoreRefusalsOfWhatItNeverSent() {
    Descriptor nack = new Descriptor();
    nack.kind = Kind.NACK;
    nack.nicId = toBob.nicId();
    nack.endpoint = 3;
    nack.sequence = 0x123;
    for (int type = 0; type < 256; type++) {
      nack.nack(type, Kind.TINY);
      world.side(alice).write(nack, new byte[0]);
      world.settle();
    }
    Request receive = receive(bob, room(9), 1);
    alice.isend(message(9), toBob, 1, null);
    ends(bob, receive, StatusCode.SUCCESS);
    assertEquals(250, alice.counters().reliability().nacksUnknown());
    assertEquals(6, alice.counters().reliability().nacksUnmatched());
  }

  @Test
  void shouldEndEverythingWhenItsDeviceGoes() {
    Request large = send(alice, message(50_000), toBob, 1);
    Request receive = receive(alice, room(9), 1);
    Request self = send(alice, message(9), alice.address(), 2);
    world.detach(alice);

    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE);
    ends(alice, receive, StatusCode.ENDPOINT_UNREACHABLE);
    ends(alice, self, StatusCode.ENDPOINT_UNREACHABLE);
    MxException refused =
        assertThrows(MxException.class, () -> alice.isend(message(9), toBob, 1, null));
    assertEquals(ReturnCode.NIC_DEAD, refused.code());
    assertThrows(MxException.class, () -> receive(alice, room(9), 1));
    alice.close();
  }
}
