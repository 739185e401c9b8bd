package io.myrixen.tests.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** The MX library on the real NIC, through the whole split driver, in one thread. */
class MxExchangeTest {

  private static final int COUNT = 3;
  private static final int KEY = 7;
  private static final int MAX_BYTES = 200_000;
  private static final int[] SIZES = {
    0, 1, 32, 33, 128, 129, 4_096, 10_000, 32_768, 32_769, 90_000, MAX_BYTES
  };

  /** A receive that is posted, for the next message on its way. */
  private record Posted(int from, int to, Request request, MemorySegment memory) {}

  private final World world = new World();
  private final List<Mx> vms = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Status status = new Status();
  private final int[][] sent = new int[COUNT][COUNT];
  private final int[][] checked = new int[COUNT][COUNT];
  private final List<Request> sends = new ArrayList<>();
  private final List<Endpoint> senders = new ArrayList<>();

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final ArrayDeque<Posted>[][] posted = new ArrayDeque[COUNT][COUNT];

  @BeforeEach
  void expectNothing() {
    for (ArrayDeque<Posted>[] row : posted) {
      Arrays.setAll(row, _ -> new ArrayDeque<>());
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Endpoint open(Mx mx, int id, WindowGeometry geometry) {
    EndpointOptions options =
        EndpointOptions.fromEnvironment()
            .withGeometry(geometry)
            .withBackgroundProgress(false)
            .withStagingBytes(256 << 10);
    return mx.openEndpoint(0, id, KEY, options);
  }

  private void turn() {
    world.step();
    endpoints.forEach(Endpoint::progress);
  }

  private void end(Endpoint endpoint, Request request, String what) {
    for (int i = 0; i < 200_000; i++) {
      if (endpoint.test(request, status)) {
        return;
      }
      turn();
    }
    throw new AssertionError(what + " does not end");
  }

  /**
   * Goal: every message arrives once, whole, in order. Method: a seeded walk of sends, receives and
   * turns among three endpoints, two of them on one board, one with the smallest window there is;
   * memory registered and not.
   */
  @RepeatedTest(4)
  void shouldDeliverEverythingInOrder() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    Mx first = Mx.init(world.attach(world.createVm("a")));
    Mx second = Mx.init(world.attach(world.createVm("b")));
    vms.addAll(List.of(first, second));
    world.stepUntilQuiet();
    endpoints.add(open(first, Mx.ANY_ENDPOINT, WindowGeometry.DEFAULT));
    endpoints.add(open(first, Mx.ANY_ENDPOINT, WindowGeometry.SMALLEST));
    endpoints.add(open(second, 5, WindowGeometry.DEFAULT));
    EndpointAddress[][] addresses = addresses(COUNT);
    for (int step = 0; step < 600; step++) {
      int from = random.nextInt(COUNT);
      int to = random.nextInt(COUNT);
      switch (random.nextInt(4)) {
        case 0 -> send(from, to, addresses[from][to], random);
        case 1 -> posted[from][to].add(post(from, to, random.nextInt(4) == 0));
        case 2 -> turn();
        default -> {
          Posted next = posted[from][to].peek();
          if (next != null && endpoints.get(to).test(next.request, status)) {
            posted[from][to].remove();
            verify(next, checked[from][to]++, "step " + step + " seed=" + seed);
          }
        }
      }
    }
    checkTheRest(seed);
    assertEquals(0, endpoints.get(0).counters().badEvents());
    leave();
  }

  private void send(int from, int to, EndpointAddress address, SplittableRandom random) {
    long content = content(from, to, sent[from][to]++);
    int size = SIZES[Math.floorMod(content, SIZES.length)];
    boolean registered = size > 32_768 && random.nextInt(3) == 0;
    Endpoint sender = endpoints.get(from);
    MemorySegment memory = registered ? sender.allocate(size) : room(size);
    fill(memory, content);
    Request request = sender.newRequest();
    if (random.nextInt(4) == 0) {
      sender.issend(memory, address, from, request);
    } else {
      sender.isend(memory, address, from, request);
    }
    sends.add(request);
    senders.add(sender);
  }

  private void checkTheRest(long seed) {
    for (int from = 0; from < COUNT; from++) {
      for (int to = 0; to < COUNT; to++) {
        while (checked[from][to] + posted[from][to].size() < sent[from][to]) {
          posted[from][to].add(post(from, to, false));
        }
      }
    }
    for (int from = 0; from < COUNT; from++) {
      for (int to = 0; to < COUNT; to++) {
        while (checked[from][to] < sent[from][to]) {
          Posted next = posted[from][to].remove();
          end(endpoints.get(to), next.request, "receive, seed=" + seed);
          verify(next, checked[from][to]++, "seed=" + seed);
        }
      }
    }
    for (int i = 0; i < sends.size(); i++) {
      end(senders.get(i), sends.get(i), "send " + i + " seed=" + seed);
      assertEquals(StatusCode.SUCCESS, status.code(), "seed=" + seed);
    }
  }

  private EndpointAddress[][] addresses(int count) {
    var addresses = new EndpointAddress[count][count];
    for (int from = 0; from < count; from++) {
      for (int to = 0; to < count; to++) {
        Endpoint target = endpoints.get(to);
        Request request = endpoints.get(from).newRequest();
        endpoints.get(from).iconnect(target.board().nicId(), target.id(), KEY, 0, request);
        end(endpoints.get(from), request, "connect");
        addresses[from][to] = status.source();
      }
    }
    return addresses;
  }

  private Posted post(int from, int to, boolean registered) {
    Endpoint receiver = endpoints.get(to);
    MemorySegment memory = registered ? receiver.allocate(MAX_BYTES) : room(MAX_BYTES);
    Request request = receiver.newRequest();
    receiver.irecv(memory, from, Mx.MATCH_EXACT, request);
    return new Posted(from, to, request, memory);
  }

  private void verify(Posted receive, int number, String where) {
    long content = content(receive.from, receive.to, number);
    int size = SIZES[Math.floorMod(content, SIZES.length)];
    assertEquals(StatusCode.SUCCESS, status.code(), where);
    assertEquals(size, status.transferLength(), where);
    MemorySegment expected = room(size);
    fill(expected, content);
    assertEquals(-1, expected.mismatch(receive.memory.asSlice(0, size)), where);
  }

  private static long content(int from, int to, int number) {
    return new SplittableRandom(from * 1_000_000L + to * 10_000L + number).nextLong();
  }

  private static MemorySegment room(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }

  private static void fill(MemorySegment memory, long seed) {
    var random = new SplittableRandom(seed);
    for (long i = 0; i < memory.byteSize(); i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
  }

  private void leave() {
    List<Endpoint> open = List.copyOf(endpoints);
    for (int i = 0; i < 2_000; i++) {
      turn(); // So that nobody lingers for another who is in this very thread.
    }
    endpoints.clear();
    for (Endpoint endpoint : open) {
      assertTrue(endpoint.close(Duration.ofSeconds(1)).clean());
    }
    vms.forEach(Mx::close);
    world.vms.clear();
    world.assertNothingLeft();
  }
}
