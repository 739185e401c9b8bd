package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import io.myrixen.mx.board.BackgroundWork;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Progression disabled: nothing arrives and no handler runs until it is enabled again. */
class ProgressionTest extends TwoEndpoints {

  private int offers;

  private Action count(
      EndpointAddress source, long info, long length, @Nullable MemorySegment data) {
    offers++;
    return Action.CONTINUE;
  }

  @Test
  void shouldRunNoHandlerWhileDisabled() {
    bob.unexpectedHandler(this::count);
    bob.disableProgression();
    bob.disableProgression();
    alice.isend(message(1), toBob, 1, null);
    bob.isend(message(1), bob.address(), 2, null);
    world.settle();
    assertFalse(bob.progress());
    assertFalse(bob.iprobe(0, 0, status));
    assertEquals(0, offers);

    bob.reenableProgression();
    assertTrue(bob.progress());
    assertEquals(2, offers);
    assertTrue(bob.iprobe(1, -1L, status));
    assertTrue(bob.iprobe(2, -1L, status));
  }

  @Test
  void shouldBeginAndTakeRequestsWhileDisabled() {
    alice.disableProgression();
    for (int i = 0; i < 40; i++) {
      Request send = send(alice, message(8), toBob, i);
      assertTrue(alice.test(send, status));
    }
    for (int i = 0; i < 40; i++) {
      ends(bob, receive(bob, room(8), i), StatusCode.SUCCESS);
    }
    Request receive = receive(alice, room(8), 1);
    alice.isend(message(8), alice.address(), 1, null);
    assertTrue(alice.test(receive, status));
  }

  @Test
  void shouldKeepMessagesToItselfInOrderAcrossTheTimeDisabled() {
    bob.unexpectedHandler(this::count);
    bob.disableProgression();
    bob.isend(message(1), bob.address(), 7, null);
    Request first = receive(bob, room(9), 7);
    bob.isend(message(2), bob.address(), 7, null);
    Request second = receive(bob, room(9), 7);
    bob.reenableProgression();

    ends(bob, first, StatusCode.SUCCESS, 1, 1);
    ends(bob, second, StatusCode.SUCCESS, 2, 2);
    assertEquals(0, offers);
  }

  @Test
  void shouldWaitInVainWhileDisabled() {
    Request receive = receive(bob, room(1), 1);
    alice.isend(message(1), toBob, 1, null);
    world.settle();
    Request late = receive(bob, room(1), 2);
    bob.disableProgression();
    alice.isend(message(1), toBob, 2, null);
    long begun = world.now();

    assertTrue(bob.await(receive, LONG, status));
    assertFalse(bob.await(late, Duration.ofMillis(100), status));
    assertNull(bob.peek(Duration.ofMillis(100)));
    assertEquals(200, (world.now() - begun) / 1_000_000);
    bob.reenableProgression();
    ends(bob, late, StatusCode.SUCCESS);
  }

  @Test
  void shouldKeepTheDriversThreadFromRunningAHandler() {
    LibraryEndpoint carol = world.open(2, 0, World.options().withBackgroundProgress(true));
    EndpointAddress toCarol = alice.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    BackgroundWork background = Objects.requireNonNull(world.background);
    carol.unexpectedHandler(this::count);
    carol.disableProgression();
    world.frozen.add(carol);
    alice.isend(message(8), toCarol, 1, null);
    world.settle();
    for (int i = 0; i < 5; i++) {
      assertTrue(background.doWork(world.now()) > 0);
      world.advance(SECOND_NS);
    }
    assertEquals(0, offers);
    carol.reenableProgression();
    for (int i = 0; i < 5; i++) {
      var _ = background.doWork(world.now());
      world.advance(SECOND_NS);
    }
    assertEquals(1, offers);
  }

  @Test
  void shouldCloseAsIfEnabledAndAskNobodyAnyMore() {
    bob.unexpectedHandler(this::count);
    bob.disableProgression();
    alice.isend(message(8), toBob, 1, null);
    world.settle();
    bob.close();
    assertEquals(0, offers);
  }
}
