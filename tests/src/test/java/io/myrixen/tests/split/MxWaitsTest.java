package io.myrixen.tests.split;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.embedded.Vm;
import io.myrixen.junit.MyriXenTest;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shared endpoint with threads in every kind of wait at once, virtual ones too. */
@MyriXenTest
@Timeout(60)
class MxWaitsTest {

  private static final int KEY = 7;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService platform = Executors.newCachedThreadPool();
  private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
  private final Endpoint sender;
  private final Endpoint receiver;
  private final EndpointAddress to;

  MxWaitsTest(Vm a, Vm b) {
    // Who waits goes to sleep at once: that is where a wake-up can be missed.
    EndpointOptions shared =
        EndpointOptions.fromEnvironment().withShared(true).withWait(1, Duration.ZERO);
    sender = a.mx().openEndpoint(0, 0, KEY, shared);
    receiver = b.mx().openEndpoint(0, 0, KEY, shared);
    to = sender.connect(receiver.board().nicId(), 0, KEY, LONG);
  }

  @AfterEach
  void close() {
    platform.shutdownNow();
    virtual.shutdownNow();
  }

  private ExecutorService threads(boolean virtually) {
    return virtually ? virtual : platform;
  }

  private static MemorySegment bytes(int count, int value) {
    return MemorySegment.ofArray(new byte[count]).fill((byte) value);
  }

  /** Submits {@code wait} and returns once it has begun to run. */
  private static <T> Future<T> begin(ExecutorService threads, Callable<T> wait) throws Exception {
    var begun = new CountDownLatch(1);
    Future<T> future =
        threads.submit(() -> {
          begun.countDown();
          return wait.call();
        });
    assertTrue(begun.await(20, SECONDS));
    return future;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldServeManyThreadsThatWaitForTheirOwn(boolean virtually) throws Exception {
    int count = virtually ? 200 : 24;
    List<Future<Byte>> waits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int match = i;
      waits.add(begin(threads(virtually), () -> receive(match)));
    }
    for (int i = count - 1; i >= 0; i--) {
      sender.isend(bytes(i % 8 == 0 ? 40_000 : 4, i), to, i, null);
    }
    for (int i = 0; i < count; i++) {
      assertEquals((byte) i, waits.get(i).get(20, SECONDS));
    }
  }

  private byte receive(int match) {
    MemorySegment memory = bytes(40_000, 0);
    Request request = receiver.newRequest();
    receiver.irecv(memory, match, -1L, request);
    var status = new Status();
    assertTrue(receiver.await(request, LONG, status));
    assertEquals(StatusCode.SUCCESS, status.code());
    return memory.get(ValueLayout.JAVA_BYTE, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldServeEveryKindOfWaitAtOnce(boolean virtually) throws Exception {
    ExecutorService threads = threads(virtually);
    Future<Byte> own = begin(threads, () -> receive(1));
    Future<Long> any = begin(threads, this::receiveAny);
    Future<Byte> probed =
        begin(
            threads,
            () -> {
              assertTrue(receiver.probe(3, -1L, LONG, new Status()));
              return receive(3);
            });
    Future<Request> peeked = begin(threads, () -> receiver.peek(LONG));
    for (int match = 3; match > 0; match--) {
      sender.isend(bytes(4, match), to, match, null);
    }

    assertEquals((byte) 1, own.get(20, SECONDS));
    assertEquals(2, any.get(20, SECONDS));
    assertEquals((byte) 3, probed.get(20, SECONDS));
    sender.isend(bytes(4, 9), to, 9, null);
    Request left = receiver.newRequest();
    receiver.irecv(bytes(4, 0), 9, -1L, left);
    assertNotNull(peeked.get(20, SECONDS));
  }

  private long receiveAny() {
    receiver.irecv(bytes(4, 0), 2, -1L, receiver.newRequest());
    var status = new Status();
    assertTrue(receiver.awaitAny(2, -1L, LONG, status));
    return status.matchInfo();
  }

  @Test
  void shouldTellWaitingThreadsWhatAnotherThreadsCallHasEnded() throws Exception {
    Future<Request> peeked = begin(platform, () -> receiver.peek(LONG));
    Future<Boolean> any = begin(platform, () -> receiver.awaitAny(5, -1L, LONG, new Status()));
    // A message to oneself ends both sides within the call, with nothing for the NIC to do.
    receiver.irecv(bytes(4, 0), 5, -1L, receiver.newRequest());
    receiver.isend(bytes(4, 1), receiver.address(), 6, receiver.newRequest());
    receiver.isend(bytes(4, 1), receiver.address(), 5, receiver.newRequest());

    assertTrue(any.get(20, SECONDS));
    assertNotNull(peeked.get(20, SECONDS));
  }

  @RepeatedTest(10)
  void shouldTellASleepingThreadOfATimeThatAnotherThreadSets() throws Exception {
    var status = new Status();
    Future<Boolean> any = begin(platform, () -> sender.awaitAny(0, 0, Duration.ZERO, status));
    Request send = sender.newRequest();
    sender.issend(bytes(4, 1), to, 1, send);
    sender.requestTimeout(send, Duration.ofMillis(20));

    assertTrue(any.get(20, SECONDS));
    assertEquals(StatusCode.TIMEOUT, status.code());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldWakeEveryKindOfWait(boolean virtually) throws Exception {
    ExecutorService threads = threads(virtually);
    Request request = receiver.newRequest();
    receiver.irecv(bytes(1, 0), 1, -1L, request);
    List<Future<?>> waits =
        List.of(
            begin(threads, () -> assertNot(receiver.await(request, Duration.ZERO, new Status()))),
            begin(threads, () -> assertNot(receiver.awaitAny(0, 0, Duration.ZERO, new Status()))),
            begin(threads, () -> assertNot(receiver.probe(0, 0, Duration.ZERO, new Status()))),
            begin(threads, this::peekForEver),
            begin(threads, this::connectForEver));
    for (Future<?> wait : waits) {
      while (!wait.isDone()) { // Who does not wait yet is woken by a later one.
        receiver.wakeUp();
        Thread.onSpinWait();
      }
      wait.get();
    }
    sender.isend(bytes(1, 3), to, 1, null);
    assertTrue(receiver.await(request, LONG, new Status()));
  }

  private static boolean assertNot(boolean found) {
    assertFalse(found);
    return found;
  }

  private boolean peekForEver() {
    assertNull(receiver.peek(Duration.ZERO));
    return true;
  }

  private boolean connectForEver() {
    long nicId = sender.board().nicId();
    var woken =
        assertThrows(
            MxException.class, () -> receiver.connectWhenOpen(nicId, 5, KEY, Duration.ZERO));
    assertEquals(ReturnCode.TIMEOUT, woken.code());
    return true;
  }

  @Test
  void shouldEndEveryWaitWhenClosed() throws Exception {
    Request request = receiver.newRequest();
    receiver.irecv(bytes(1, 0), 1, -1L, request);
    Future<Boolean> probe =
        begin(platform, () -> receiver.probe(0, 0, Duration.ZERO, new Status()));
    Future<Request> peek = begin(platform, () -> receiver.peek(Duration.ZERO));
    receiver.close();

    assertFalse(probe.get(20, SECONDS));
    var _ = peek.get(20, SECONDS); // The cancelled receive, or nothing.
    var status = new Status();
    assertTrue(receiver.test(request, status));
    assertEquals(StatusCode.CANCELLED, status.code());
  }

  @Test
  void shouldRunNoHandlerBetweenDisablingAndEnablingByAnotherThread() throws Exception {
    var inside = new AtomicInteger();
    receiver.unexpectedHandler((_, _, _, _) -> {
      inside.incrementAndGet();
      return Action.FINISHED;
    });
    Future<Boolean> waits =
        begin(platform, () -> receiver.awaitAny(99, -1L, Duration.ofSeconds(20), new Status()));
    for (int round = 0; round < 50; round++) {
      receiver.disableProgression();
      int before = inside.get();
      for (int i = 0; i < 10; i++) {
        sender.isend(bytes(4, i), to, 1, null);
        sender.progress();
      }
      assertEquals(before, inside.get());
      receiver.reenableProgression();
    }
    Request last = receiver.newRequest();
    receiver.irecv(bytes(4, 0), 99, -1L, last);
    sender.isend(bytes(4, 0), to, 99, null);
    assertTrue(waits.get(20, SECONDS));
    assertEquals(500, inside.get());
  }
}
