package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.board.BackgroundWork;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The background agent, stepped by hand. */
class BackgroundTest extends TwoEndpoints {

  private static final long TICK_NS = 10_000_000L;

  private LibraryEndpoint carol;
  private BackgroundWork work;

  @BeforeEach
  void openCarol() {
    carol = world.open(2, 0, World.options().withBackgroundProgress(true));
    world.frozen.add(carol); // Her application computes.
    work = Objects.requireNonNull(world.background);
  }

  private boolean asleep() {
    return world.side(carol).control.vmAsleepAfterEvent();
  }

  @Test
  void shouldStayOutForATickAfterACall() {
    carol.progress();
    assertEquals(TICK_NS, work.doWork(world.now()));
    world.advance(TICK_NS / 2);
    assertEquals(TICK_NS / 2, work.doWork(world.now()));
    assertFalse(asleep());
  }

  @Test
  void shouldArmOnceNothingIsLeftToDo() {
    work.doWork(world.now());
    world.advance(TICK_NS);
    assertTrue(work.doWork(world.now()) > 0);
    assertTrue(asleep());
    carol.progress();
    assertFalse(asleep());
  }

  @Test
  void shouldAnswerConnectsAndTakeMessagesWhileTheApplicationIsAway() {
    Request connect = alice.newRequest();
    alice.iconnect(World.FIRST_NIC + 2, 0, World.KEY, 0, connect);
    stillPending(alice, connect);
    work.doWork(world.now());
    world.advance(TICK_NS);
    work.doWork(world.now());
    ends(alice, connect, StatusCode.SUCCESS);

    Request receive = carol.newRequest();
    carol.irecv(room(90_000), 1, -1L, receive);
    Request send = send(alice, message(90_000), status.source(), 1);
    for (int i = 0; i < 20; i++) {
      world.advance(TICK_NS);
      work.doWork(world.now());
      world.settle();
    }
    assertTrue(alice.test(send, status));
    assertTrue(carol.test(receive, status));
  }

  @Test
  void shouldStopWhenClosed() {
    carol.close(Duration.ZERO);
    assertEquals(null, world.background);
  }
}
