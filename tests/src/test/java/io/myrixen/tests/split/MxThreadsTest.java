package io.myrixen.tests.split;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.myrixen.embedded.Vm;
import io.myrixen.junit.MyriXenTest;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The MX library under real threads: the applications', each VM's control thread, the NIC's. */
@MyriXenTest
@Timeout(60)
class MxThreadsTest {

  /** On a busy machine the compiler that removes short-lived objects is late by some of these. */
  private static final int ATTEMPTS = 10;

  private static final int KEY = 7;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Mx first;
  private final Mx second;

  MxThreadsTest(Vm a, Vm b) {
    first = a.mx();
    second = b.mx();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private static MemorySegment room(long bytes) {
    return MemorySegment.ofArray(new byte[(int) bytes]);
  }

  private static void ends(Endpoint endpoint, Request request, Status status) {
    assertTrue(endpoint.await(request, LONG, status), "the request did not end");
    assertEquals(StatusCode.SUCCESS, status.code());
  }

  private static void echo(Endpoint endpoint, int rounds) {
    var status = new Status();
    Request receive = endpoint.newRequest();
    Request send = endpoint.newRequest();
    MemorySegment memory = room(100_000);
    for (int i = 0; i < rounds; i++) {
      endpoint.irecv(memory, 1, -1L, receive);
      ends(endpoint, receive, status);
      endpoint.isend(memory.asSlice(0, status.transferLength()), status.source(), 2, send);
      ends(endpoint, send, status);
    }
  }

  @Test
  void shouldEchoMessagesOfEveryClass() throws Exception {
    Endpoint a = first.openEndpoint(0, 0, KEY);
    Endpoint b = second.openEndpoint(0, 0, KEY);
    int[] sizes = {0, 8, 100, 5_000, 32_768, 100_000};
    int rounds = 300;
    Future<?> echo = threads.submit(() -> echo(b, rounds * sizes.length));
    EndpointAddress to = a.connectWhenOpen("b", 0, KEY, LONG);
    var status = new Status();
    Request receive = a.newRequest();
    Request send = a.newRequest();
    for (int i = 0; i < rounds * sizes.length; i++) {
      MemorySegment back = room(100_000);
      MemorySegment out = room(sizes[i % sizes.length]).fill((byte) i);
      a.irecv(back, 2, -1L, receive);
      a.isend(out, to, 1, send);
      ends(a, receive, status);
      assertEquals(-1, out.mismatch(back.asSlice(0, status.transferLength())));
      ends(a, send, status);
    }
    echo.get(20, SECONDS);
  }

  @Test
  void shouldAllocateNothingPerMessage() throws Exception {
    EndpointOptions polling = EndpointOptions.fromEnvironment().withWait(10, Duration.ofSeconds(1));
    Endpoint a = first.openEndpoint(0, 0, KEY, polling);
    Endpoint b = second.openEndpoint(0, 0, KEY, polling);
    int[] sizes = {8, 100, 5_000, 100_000};
    int rounds = 3_000;
    Future<?> echo = threads.submit(() -> echo(b, (1 + ATTEMPTS) * rounds * sizes.length));
    EndpointAddress to = a.connectWhenOpen("b", 0, KEY, LONG);
    for (int size : sizes) {
      exchange(a, to, size, rounds);
    }
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int size : sizes) {
      long least = Long.MAX_VALUE;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        long before = bean.getCurrentThreadAllocatedBytes();
        exchange(a, to, size, rounds);
        least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
      }
      long bytes = least;
      // The two buffers that the exchange makes for itself, and half an object for each round trip.
      assertTrue(
          bytes < 2L * size + 8L * rounds,
          () -> "%d bytes in %d round trips".formatted(bytes, rounds));
    }
    echo.get(20, SECONDS);
  }

  private static void exchange(Endpoint endpoint, EndpointAddress to, int size, int rounds) {
    var status = new Status();
    Request receive = endpoint.newRequest();
    Request send = endpoint.newRequest();
    MemorySegment out = room(size);
    MemorySegment back = room(size);
    for (int i = 0; i < rounds; i++) {
      endpoint.irecv(back, 2, -1L, receive);
      endpoint.isend(out, to, 1, send);
      ends(endpoint, receive, status);
      ends(endpoint, send, status);
    }
  }

  @Test
  void shouldProgressWhileTheApplicationIsAway() {
    Endpoint a = first.openEndpoint(0, 0, KEY);
    Endpoint b = second.openEndpoint(0, 0, KEY);
    var status = new Status();
    Request receive = b.newRequest();
    MemorySegment target = room(1_000_000);
    b.irecv(target, 1, -1L, receive);
    EndpointAddress to = a.connect(b.board().nicId(), 0, KEY, LONG); // B's thread is this one.
    Request send = a.newRequest();
    MemorySegment source = room(1_000_000).fill((byte) 5);
    a.isend(source, to, 1, send);

    ends(a, send, status);
    ends(b, receive, status);
    assertEquals(-1, source.mismatch(target));
  }

  @Test
  void shouldLoseNothingWhenClosingAtOnce() throws Exception {
    for (int round = 0; round < 30; round++) {
      Endpoint b = second.openEndpoint(0, 1, KEY);
      Future<Integer> receiver =
          threads.submit(() -> {
            var status = new Status();
            Request receive = b.newRequest();
            int sum = 0;
            for (int i = 0; i < 20; i++) {
              MemorySegment memory = room(10_000);
              b.irecv(memory, 1, -1L, receive);
              ends(b, receive, status);
              sum += memory.get(ValueLayout.JAVA_BYTE, 0);
            }
            return sum;
          });
      Endpoint a = first.openEndpoint(0, 1, KEY);
      EndpointAddress to = a.connect(b.board().nicId(), 1, KEY, LONG);
      for (int i = 0; i < 20; i++) {
        a.isend(room(i % 2 == 0 ? 10_000 : 20).fill((byte) i), to, 1, null);
      }
      assertTrue(a.close(Duration.ofSeconds(5)).clean());
      assertEquals(190, receiver.get(20, SECONDS));
      b.close();
    }
  }

  @Test
  void shouldShareAnEndpointAmongThreads() throws Exception {
    EndpointOptions shared = EndpointOptions.fromEnvironment().withShared(true);
    Endpoint a = first.openEndpoint(0, 2, KEY, shared);
    Endpoint b = second.openEndpoint(0, 2, KEY, shared);
    EndpointAddress to = a.connect(b.board().nicId(), 2, KEY, LONG);
    int pairs = 4;
    int messages = 400;
    List<Future<?>> all = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      int match = pair;
      all.add(threads.submit(() -> sendAll(a, to, match, messages)));
      all.add(threads.submit(() -> receiveAll(b, match, messages)));
    }
    for (Future<?> each : all) {
      each.get(40, SECONDS);
    }
  }

  private static void sendAll(Endpoint endpoint, EndpointAddress to, int match, int count) {
    var status = new Status();
    Request request = endpoint.newRequest();
    for (int i = 0; i < count; i++) {
      endpoint.isend(room(i % 10 == 0 ? 50_000 : 4).fill((byte) i), to, match, request);
      ends(endpoint, request, status);
    }
  }

  private static void receiveAll(Endpoint endpoint, int match, int count) {
    var status = new Status();
    Request request = endpoint.newRequest();
    for (int i = 0; i < count; i++) {
      MemorySegment memory = room(50_000);
      endpoint.irecv(memory, match, -1L, request);
      ends(endpoint, request, status);
      assertEquals((byte) i, memory.get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  @Test
  void shouldEndWaitsOnWakeUpOfAnyThread() throws Exception {
    Endpoint a = first.openEndpoint(0, 3, KEY, EndpointOptions.fromEnvironment().withShared(true));
    List<Future<Boolean>> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int match = i;
      waits.add(
          threads.submit(() -> {
            Request request = a.newRequest();
            a.irecv(room(1), match, -1L, request);
            return a.await(request, new Status());
          }));
    }
    Thread.sleep(200); // Until all sleep; who does not yet is woken by the next.
    for (Future<Boolean> wait : waits) {
      while (!wait.isDone()) {
        a.wakeUp();
        Thread.onSpinWait();
      }
      assertFalse(wait.get());
    }
  }
}
