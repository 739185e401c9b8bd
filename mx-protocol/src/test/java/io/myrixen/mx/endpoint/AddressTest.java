package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What an application knows a remote endpoint by, and how it gets rid of one. */
class AddressTest extends TwoEndpoints {

  private EndpointAddress connectBobToAlice() {
    return bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
  }

  @Test
  void shouldFindWhatWasAttachedThroughEveryMessage() {
    EndpointAddress toAlice = connectBobToAlice();
    assertNull(toAlice.context());
    assertSame(toAlice, toAlice.context("alice"));

    alice.isend(message(4), toBob, 1, null);
    assertTrue(bob.probe(1, -1L, LONG, status));
    assertEquals("alice", status.source().context());
    ends(bob, receive(bob, room(4), 1), StatusCode.SUCCESS);
    assertEquals("alice", status.source().context());
    assertSame(toAlice, connectBobToAlice());
    assertNull(toBob.context());
  }

  @Test
  void shouldEndWhatIsPendingWhenDisconnected() {
    Request large = send(alice, message(50_000), toBob, 1);
    Request connect = alice.newRequest();
    world.settle();
    world.nic.plan = _ -> FakeNic.Fate.DROP;
    alice.iconnect(World.FIRST_NIC + 1, 3, World.KEY, 9, connect);
    alice.disconnect(toBob);

    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE, 50_000, 0);
    ends(alice, connect, StatusCode.ENDPOINT_UNREACHABLE);
    ends(alice, send(alice, message(8), toBob, 1), StatusCode.ENDPOINT_UNREACHABLE, 8, 0);
    alice.disconnect(toBob);
  }

  @Test
  void shouldDropMessagesOfTheDisconnected() {
    EndpointAddress toAlice = connectBobToAlice();
    LibraryEndpoint carol = world.open(2, 0);
    EndpointAddress carolToBob = carol.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);
    alice.isend(message(8), toBob, 1, null);
    alice.isend(message(50_000), toBob, 1, null);
    world.settle();
    carol.isend(message(5), carolToBob, 1, null);
    world.settle();
    bob.disconnect(toAlice);

    assertTrue(bob.iprobe(1, -1L, status));
    assertEquals(5, status.messageLength());
    ends(bob, receive(bob, room(5), 1), StatusCode.SUCCESS, 5, 5);
    assertFalse(bob.iprobe(0, 0, status));
  }

  @Test
  void shouldTellWhoSendsToAnEndpointThatKnowsItNoMore() {
    EndpointAddress toAlice = connectBobToAlice();
    bob.disconnect(toAlice);
    Request large = send(alice, message(50_000), toBob, 1);

    ends(alice, large, StatusCode.BAD_SESSION, 50_000, 0);
    ends(alice, send(alice, message(8), toBob, 1), StatusCode.BAD_SESSION, 8, 0);
  }

  @Test
  void shouldConnectAnewAfterADisconnect() {
    EndpointAddress toAlice = connectBobToAlice().context("old");
    alice.isend(message(8), toBob, 1, null);
    world.settle();
    alice.disconnect(toBob);
    EndpointAddress again = alice.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG);
    assertNotSame(toBob, again);
    assertNull(again.context());

    alice.isend(message(9), again, 2, null);
    MemorySegment target = room(9);
    ends(bob, receive(bob, target, 2), StatusCode.SUCCESS, 9, 9);
    assertNotSame(toAlice, status.source());
    bob.isend(message(3), status.source(), 3, null);
    ends(alice, receive(alice, room(3), 3), StatusCode.SUCCESS, 3, 3);
    assertSame(again, status.source());
  }

  @Test
  void shouldStayConnectedToItself() {
    EndpointAddress self = alice.address();
    Request eager = send(alice, message(8), self, 1);
    Request large = send(alice, message(50_000), self, 1);
    alice.disconnect(self);

    ends(alice, eager, StatusCode.ENDPOINT_UNREACHABLE, 8, 0);
    ends(alice, large, StatusCode.ENDPOINT_UNREACHABLE, 50_000, 0);
    assertFalse(alice.iprobe(0, 0, status));
    Request send = send(alice, message(8), self, 1);
    ends(alice, receive(alice, room(8), 1), StatusCode.SUCCESS);
    ends(alice, send, StatusCode.SUCCESS);
    assertSame(self, alice.address());
  }

  @Test
  void shouldRefuseToDisconnectAnAddressOfAnother() {
    EndpointAddress toAlice = connectBobToAlice();
    var refused = assertThrows(MxException.class, () -> alice.disconnect(toAlice));
    assertEquals(ReturnCode.BAD_ENDPOINT, refused.code());
  }
}
