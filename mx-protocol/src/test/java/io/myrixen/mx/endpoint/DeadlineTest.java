package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import org.junit.jupiter.api.Test;

/** Sends and connects that their caller gives only so much time. */
class DeadlineTest extends TwoEndpoints {

  private void limit(Request request, long timeoutNs) {
    ((EndpointRequest) request).engine.deadlines.limit((EndpointRequest) request, timeoutNs);
  }

  @Test
  void shouldEndASendThatNobodyReceives() {
    Request large = send(alice, message(50_000), toBob, 1);
    limit(large, SECOND_NS);
    world.run(SECOND_NS / 2);
    stillPending(alice, large);
    world.run(SECOND_NS);

    ends(alice, large, StatusCode.TIMEOUT, 50_000, 0);
    assertEquals(1, alice.counters().reliability().timeouts());
    ends(bob, receive(bob, room(50_000), 1), StatusCode.BAD_RDMAWIN);
    world.settle();
    assertEquals(0, alice.counters().badEvents(), "told too late that it was not taken");
  }

  @Test
  void shouldEndOnesThatWereNotAcknowledgedAndKeepThePartner() {
    world.nic.plan = _ -> Fate.DROP;
    Request large = send(alice, message(50_000), toBob, 1);
    for (int i = 0; i < 399; i++) {
      alice.isend(message(2_000), toBob, 2, alice.newRequest());
    }
    Request waiting = send(alice, message(2_000), toBob, 2);
    limit(large, SECOND_NS);
    limit(waiting, SECOND_NS);
    world.run(2 * SECOND_NS);
    ends(alice, large, StatusCode.TIMEOUT);
    ends(alice, waiting, StatusCode.TIMEOUT);
    world.nic.plan = _ -> Fate.DELIVER;

    for (int i = 0; i < 399; i++) {
      ends(bob, receive(bob, room(2_000), 2), StatusCode.SUCCESS);
    }
    ends(bob, receive(bob, room(50_000), 1), StatusCode.BAD_RDMAWIN);
    stillPending(bob, receive(bob, room(2_000), 2));
  }

  @Test
  void shouldEndAConnectThatNobodyAnswers() {
    world.frozen.add(bob);
    Request connect = alice.newRequest();
    alice.iconnect(World.FIRST_NIC + 1, 3, World.KEY, 5, connect);
    limit(connect, SECOND_NS);
    world.run(SECOND_NS / 2);
    stillPending(alice, connect);
    world.run(SECOND_NS);

    ends(alice, connect, StatusCode.TIMEOUT);
  }

  @Test
  void shouldForgetALimitOfARequestThatHasEnded() {
    Request request = send(alice, message(8), toBob, 1);
    limit(request, SECOND_NS);
    ends(alice, request, StatusCode.SUCCESS);
    alice.isend(message(50_000), toBob, 2, request);
    world.run(3 * SECOND_NS);

    stillPending(alice, request);
    limit(request, 5 * SECOND_NS);
    limit(request, SECOND_NS);
    world.run(2 * SECOND_NS);
    ends(alice, request, StatusCode.TIMEOUT);
    assertTrue(alice.close(java.time.Duration.ZERO).clean());
  }
}
