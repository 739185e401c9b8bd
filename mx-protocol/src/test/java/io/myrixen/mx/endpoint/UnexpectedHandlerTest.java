package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.endpoint.FakeNic.Fate;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handler of unexpected messages is offered, may do, and decides. */
class UnexpectedHandlerTest extends TwoEndpoints {

  private record Offer(
      EndpointAddress source, long info, long length, @Nullable MemorySegment data) {}

  private final List<Offer> offers = new ArrayList<>();
  private EndpointAddress toAlice;

  @BeforeEach
  void connectBobToAlice() {
    toAlice = bob.connect(World.FIRST_NIC, 0, World.KEY, LONG);
  }

  /** Notes each offer, does {@code inside}, and returns {@code action}. */
  private void handle(LibraryEndpoint at, Action action, Runnable inside) {
    at.unexpectedHandler((source, info, length, data) -> {
      offers.add(new Offer(source, info, length, data == null ? null : copy(data)));
      inside.run();
      return action;
    });
  }

  private static MemorySegment copy(MemorySegment data) {
    return MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_BYTE));
  }

  private static void refuses(ReturnCode code, Executable call) {
    assertEquals(code, assertThrows(MxException.class, call).code());
  }

  @ParameterizedTest
  @CsvSource({"0, true", "8, true", "100, true", "4096, true", "4097, false", "100000, false"})
  void shouldShowThePayloadOfWhatIsShort(int bytes, boolean shown) {
    handle(bob, Action.CONTINUE, () -> {});
    handle(alice, Action.CONTINUE, () -> {});
    alice.isend(message(bytes), toBob, 7, null);
    alice.isend(
        List.of(message(bytes).asSlice(0, bytes / 2), message(bytes).asSlice(bytes / 2)),
        alice.address(),
        7,
        null);
    world.settle();

    assertEquals(2, offers.size());
    for (Offer offer : offers) {
      assertEquals(7, offer.info);
      assertEquals(bytes, offer.length);
      assertEquals(shown, offer.data != null);
      if (offer.data != null) {
        assertEquals(-1, message(bytes).mismatch(offer.data));
      }
    }
    assertEquals(alice.address(), offers.get(0).source);
    assertEquals(toAlice, offers.get(1).source);
  }

  @Test
  void shouldShowNothingOfWhatIsSynchronousOrInPieces() {
    handle(bob, Action.CONTINUE, () -> {});
    handle(alice, Action.CONTINUE, () -> {});
    alice.issend(message(8), toBob, 1, null);
    alice.issend(message(8), alice.address(), 1, null);
    world.nic.fragmentBytes = 1_024;
    alice.isend(message(4_000), toBob, 1, null);
    world.settle();

    assertEquals(3, offers.size());
    offers.forEach(offer -> assertNull(offer.data));
  }

  @Test
  void shouldLeaveAMessageToAReceiveAfterwards() {
    handle(bob, Action.CONTINUE, () -> {});
    alice.isend(message(8), toBob, 7, null);
    world.settle();
    MemorySegment target = room(8);

    ends(bob, receive(bob, target, 7), StatusCode.SUCCESS, 8, 8);
    assertEquals(-1, message(8).mismatch(target));
    assertEquals(1, offers.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 100, 20_000, 100_000})
  void shouldGiveTheMessageToAReceivePostedInside(int bytes) {
    for (LibraryEndpoint at : List.of(alice, bob)) {
      MemorySegment target = room(bytes);
      Request receive = at.newRequest();
      handle(at, Action.CONTINUE, () -> at.irecv(target, 0, 0, receive));
      Request send = send(alice, message(bytes), at == bob ? toBob : alice.address(), 7);
      world.settle();

      ends(at, receive, StatusCode.SUCCESS, bytes, bytes);
      ends(alice, send, StatusCode.SUCCESS, bytes, bytes);
      assertEquals(-1, message(bytes).mismatch(target));
    }
    assertEquals(2, offers.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 100, 20_000})
  void shouldEndEagerSendsOfFinishedMessagesWithSuccess(int bytes) {
    handle(alice, Action.FINISHED, () -> {});
    handle(bob, Action.FINISHED, () -> {});
    for (EndpointAddress to : List.of(toBob, alice.address())) {
      ends(alice, send(alice, message(bytes), to, 1), StatusCode.SUCCESS, bytes, bytes);
    }
    world.settle();
    assertEquals(2, offers.size());
    assertFalse(bob.iprobe(0, 0, status));
    assertFalse(alice.iprobe(0, 0, status));
  }

  @Test
  void shouldTellSendersOfFinishedLargeMessagesThatNothingWasTaken() {
    handle(alice, Action.FINISHED, () -> {});
    handle(bob, Action.FINISHED, () -> {});
    for (EndpointAddress to : List.of(toBob, alice.address())) {
      ends(alice, send(alice, message(50_000), to, 1), StatusCode.TRUNCATED, 50_000, 0);
      Request synchronous = alice.newRequest();
      alice.issend(message(8), to, 1, synchronous);
      ends(alice, synchronous, StatusCode.TRUNCATED, 8, 0);
      alice.issend(message(0), to, 1, synchronous);
      ends(alice, synchronous, StatusCode.SUCCESS, 0, 0);
    }
    assertEquals(6, offers.size());
  }

  @Test
  void shouldLetTheRestOfAFinishedMessageGoBy() {
    handle(bob, Action.FINISHED, () -> {});
    world.nic.fragmentBytes = 4_096;
    int[] count = {0};
    world.nic.plan = c -> c.kind == Kind.MEDIUM && count[0]++ == 2 ? Fate.DROP : Fate.DELIVER;
    alice.isend(message(30_000), toBob, 1, null);
    alice.isend(message(8), toBob, 2, null);
    world.run(2 * SECOND_NS);

    assertEquals(2, offers.size());
    assertEquals(0, bob.counters().unexpectedDropped());
    assertTrue(alice.close(Duration.ofSeconds(5)).clean());
  }

  @Test
  void shouldOfferEarlyMessagesInOrder() {
    int[] count = {0};
    world.nic.plan = c -> c.kind == Kind.TINY && count[0]++ == 0 ? Fate.DELAY : Fate.DELIVER;
    handle(bob, Action.CONTINUE, () -> {});
    for (int i = 0; i < 5; i++) {
      alice.isend(message(i), toBob, i, null);
    }
    world.settle();
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), offers.stream().map(Offer::info).toList());
  }

  @Test
  void shouldNotBeAskedAboutWhatIsExpectedOrWaitsAlready() {
    alice.isend(message(1), toBob, 1, null);
    world.settle();
    handle(bob, Action.FINISHED, () -> {});
    Request receive = receive(bob, room(1), 2);
    alice.isend(message(1), toBob, 2, null);
    ends(bob, receive, StatusCode.SUCCESS);

    assertEquals(List.of(), offers);
    bob.unexpectedHandler(null);
    alice.isend(message(1), toBob, 3, null);
    world.settle();
    assertEquals(List.of(), offers);
    assertTrue(bob.iprobe(1, -1L, status));
    assertTrue(bob.iprobe(3, -1L, status));
  }

  @Test
  void shouldAskOnlyOnceWhenMemoryLacks() {
    LibraryEndpoint carol = world.open(2, 0, World.options().withUnexpectedBytes(32_768));
    EndpointAddress toCarol = alice.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    handle(carol, Action.CONTINUE, () -> {});
    for (int i = 0; i < 12; i++) {
      alice.isend(message(4_000), toCarol, i, null);
    }
    world.run(2 * SECOND_NS);
    assertTrue(carol.counters().unexpectedDropped() > 0);
    for (int i = 0; i < 12; i++) {
      ends(carol, receive(carol, room(4_000), i), StatusCode.SUCCESS);
    }
    assertTrue(offers.size() >= 7, offers::toString);
    assertEquals(offers.size(), offers.stream().map(Offer::info).distinct().count());
  }

  @Test
  void shouldAllowInsideWhatBeginsAndTakesRequests() {
    toAlice.context("alice");
    Request reply = bob.newRequest();
    Request connect = bob.newRequest();
    Request old = send(bob, message(1), toAlice, 5);
    handle(
        bob,
        Action.FINISHED,
        () -> {
          EndpointAddress source = offers.get(0).source;
          assertEquals("alice", source.context());
          assertEquals(World.FIRST_NIC, source.nicId());
          bob.isend(message(3), source, 9, reply);
          bob.iconnect(World.FIRST_NIC, 0, World.KEY, 4, connect);
          assertFalse(bob.test(connect, status));
          assertTrue(bob.test(old, status));
          assertFalse(bob.progress());
        });
    alice.isend(message(1), toBob, 1, null);

    ends(alice, receive(alice, room(3), 9), StatusCode.SUCCESS, 3, 3);
    ends(bob, reply, StatusCode.SUCCESS);
    ends(bob, connect, StatusCode.SUCCESS);
  }

  @Test
  void shouldEndWaitsInsideAtOnce() {
    long begun = world.now();
    Request pending = receive(bob, room(1), 99);
    handle(
        bob,
        Action.CONTINUE,
        () -> {
          assertFalse(bob.await(pending, Duration.ZERO, status));
          assertFalse(bob.awaitAny(0, 0, Duration.ZERO, status));
          assertNull(bob.peek(Duration.ZERO));
          assertFalse(bob.probe(0, 0, Duration.ZERO, status));
          refuses(ReturnCode.TIMEOUT, () -> bob.connect(World.FIRST_NIC, 0, World.KEY, LONG));
          assertNotNull(bob.connect(World.FIRST_NIC + 1, 3, World.KEY, LONG));
        });
    alice.isend(message(1), toBob, 1, null);
    world.settle();

    assertEquals(1, offers.size());
    assertEquals(begun, world.now());
    assertTrue(bob.iprobe(1, -1L, status));
  }

  @Test
  void shouldRefuseToCloseAndToAskTheDriverInside() {
    handle(
        bob,
        Action.CONTINUE,
        () -> {
          refuses(ReturnCode.CLOSE_IN_HANDLER, bob::close);
          refuses(ReturnCode.BUSY, () -> bob.allocate(1));
          refuses(ReturnCode.BUSY, () -> bob.connectWhenOpen("vm0", 0, World.KEY, LONG));
        });
    alice.isend(message(1), toBob, 1, null);
    world.settle();
    assertEquals(1, offers.size());
    ends(bob, receive(bob, room(1), 1), StatusCode.SUCCESS);
  }

  @Test
  void shouldDropAMessageWhoseSenderIsDisconnectedInside() {
    handle(bob, Action.CONTINUE, () -> bob.disconnect(offers.get(0).source));
    alice.isend(message(1), toBob, 1, null);
    alice.isend(message(50_000), toBob, 2, null);
    world.settle();
    assertEquals(1, offers.size());
    assertFalse(bob.iprobe(0, 0, status));
  }

  @Test
  void shouldAskAboutMessagesToItselfSentInsideAfterwardsAndInOrder() {
    handle(
        alice,
        Action.CONTINUE,
        () -> {
          if (offers.size() == 1) {
            alice.isend(message(2), alice.address(), 2, null);
            alice.isend(message(3), alice.address(), 3, null);
            assertEquals(1, offers.size());
          }
        });
    alice.isend(message(1), alice.address(), 1, null);
    world.settle();
    assertEquals(List.of(1L, 2L, 3L), offers.stream().map(Offer::info).toList());
  }

  @Test
  void shouldReportWhatTheHandlerThrowsAndGoOn() {
    List<Throwable> reported = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((_, e) -> reported.add(e));
    try {
      handle(
          bob,
          Action.FINISHED,
          () -> {
            throw new IllegalStateException("mine");
          });
      alice.isend(message(1), toBob, 1, null);
      ends(bob, receiveLater(1), StatusCode.SUCCESS);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
    assertEquals(1, reported.size());
    assertEquals("mine", reported.get(0).getMessage());
  }

  private Request receiveLater(int bytes) {
    world.settle();
    return receive(bob, room(bytes), 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRunOnTheDriversThreadWhileTheApplicationIsAway(boolean shared) {
    LibraryEndpoint carol =
        world.open(2, 0, World.options().withBackgroundProgress(true).withShared(shared));
    EndpointAddress toCarol = alice.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);
    MemorySegment target = room(8);
    Request receive = carol.newRequest();
    handle(carol, Action.CONTINUE, () -> carol.irecv(target, 1, -1L, receive));
    world.frozen.add(carol);
    alice.isend(message(8), toCarol, 1, null);
    world.settle();
    BackgroundWork background = Objects.requireNonNull(world.background);
    var _ = background.doWork(world.now());
    world.advance(SECOND_NS);
    var _ = background.doWork(world.now());

    assertEquals(1, offers.size());
    assertEquals(-1, message(8).mismatch(target));
    assertTrue(carol.test(receive, status));
  }
}
