package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time-outs of requests and of silent partners, set while they are pending. */
class RequestTimeoutTest extends TwoEndpoints {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEndASendThatNobodyReceives(boolean toItself) {
    Request send = send(alice, message(50_000), toItself ? alice.address() : toBob, 1);
    alice.requestTimeout(send, SECOND);
    world.run(SECOND_NS / 2);
    stillPending(alice, send);
    world.run(SECOND_NS);

    ends(alice, send, StatusCode.TIMEOUT, 50_000, 0);
    assertEquals(1, alice.counters().reliability().timeouts());
    assertFalse(alice.iprobe(0, 0, status));
    assertEquals(!toItself, bob.iprobe(0, 0, status));
  }

  @Test
  void shouldEndAnEagerSendToItself() {
    Request send = send(alice, message(8), alice.address(), 1);
    alice.requestTimeout(send, SECOND);
    world.run(2 * SECOND_NS);
    ends(alice, send, StatusCode.TIMEOUT, 8, 0);
    stillPending(alice, receive(alice, room(8), 1));
  }

  @Test
  void shouldTakeALimitAwayAgain() {
    Request send = send(alice, message(50_000), toBob, 1);
    alice.requestTimeout(send, SECOND);
    alice.requestTimeout(send, Duration.ZERO);
    world.run(3 * SECOND_NS);
    stillPending(alice, send);
  }

  @Test
  void shouldNeverEndAReceiveByTime() {
    Request receive = receive(bob, room(8), 1);
    bob.requestTimeout(receive, SECOND);
    world.run(3 * SECOND_NS);
    stillPending(bob, receive);
    assertTrue(bob.cancel(receive));
  }

  @Test
  void shouldEndWhatWaitsForTheHandler() {
    alice.unexpectedHandler((_, _, _, _) -> {
      Request send = send(alice, message(8), alice.address(), 2);
      alice.requestTimeout(send, Duration.ofNanos(1));
      alice.forget(send);
      return Action.FINISHED;
    });
    alice.isend(message(8), alice.address(), 1, null);
    alice.unexpectedHandler(null);
    world.run(SECOND_NS);
    assertFalse(alice.testAny(0, 0, status));
  }

  @Test
  void shouldGiveUpASilentPartnerByTheEndpointsTimeout() {
    alice.requestTimeout(Duration.ofSeconds(3));
    Request send = send(alice, message(50_000), toBob, 1);
    world.settle();
    world.nic.plan = _ -> Fate.DROP;
    world.frozen.add(bob);
    Request lost = send(alice, message(50_000), toBob, 2);
    world.run(2 * SECOND_NS);
    stillPending(alice, lost);
    world.run(3 * SECOND_NS);

    ends(alice, lost, StatusCode.ENDPOINT_UNREACHABLE);
    ends(alice, send, StatusCode.ENDPOINT_UNREACHABLE);
  }

  @Test
  void shouldGiveNobodyUpWithoutATimeout() {
    alice.requestTimeout(Duration.ZERO);
    world.nic.plan = _ -> Fate.DROP;
    Request send = send(alice, message(50_000), toBob, 1);
    world.run(90 * SECOND_NS);
    stillPending(alice, send);
  }

  @Test
  void shouldRefuseNegativeTimesAndStrangers() {
    Request send = send(alice, message(50_000), toBob, 1);
    for (Runnable call :
        new Runnable[] {
          () -> alice.requestTimeout(Duration.ofMillis(-1)),
          () -> alice.requestTimeout(send, Duration.ofMillis(-1))
        }) {
      var refused = assertThrows(MxException.class, call::run);
      assertEquals(ReturnCode.BAD_PARAM_VAL, refused.code());
    }
    var refused = assertThrows(MxException.class, () -> bob.requestTimeout(send, SECOND));
    assertEquals(ReturnCode.BAD_REQUEST, refused.code());
  }
}
