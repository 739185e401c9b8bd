package io.myrixen.tests.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight VMs that all talk to all, themselves included, in messages of every class. */
@Timeout(60)
class EightVmsTest {

  private static final int VMS = 8;
  private static final int ROUNDS = 3;
  private static final int ID = 1;
  private static final int KEY = 7;
  private static final Duration LONG = Duration.ofSeconds(30);

  /** One of each class: empty, tiny, small, medium, large. */
  private static final int[] SIZES = {0, 8, 100, 5_000, 100_000};

  private record Expected(int from, int size, Request request, MemorySegment memory) {}

  @Test
  void shouldDeliverEverythingToEverybody() throws Exception {
    long beganNs = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(VMS);
        MyriXen myrixen = MyriXen.embedded()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < VMS; i++) {
        int number = i;
        Vm vm = myrixen.createVm(name(number));
        all.add(threads.submit(() -> talkToAll(vm, number)));
      }
      for (Future<?> each : all) {
        each.get(50, SECONDS);
      }
    }
    System.out.printf(
        "%d VMs, %d messages of %d classes, verified: %.2f s from nothing to nothing%n",
        VMS, VMS * VMS * ROUNDS * SIZES.length, SIZES.length, (System.nanoTime() - beganNs) / 1e9);
  }

  private static String name(int number) {
    return "vm-" + number;
  }

  private static void talkToAll(Vm vm, int own) {
    try (Endpoint endpoint = vm.mx().openEndpoint(Mx.ANY_NIC, ID, KEY)) {
      List<EndpointAddress> peers = new ArrayList<>();
      for (int peer = 0; peer < VMS; peer++) {
        peers.add(endpoint.connectWhenOpen(name(peer), ID, KEY, LONG));
      }
      for (int round = 0; round < ROUNDS; round++) {
        List<Expected> expected = post(endpoint, round);
        send(endpoint, own, peers, round);
        for (Expected each : expected) {
          verify(endpoint, each, own, round);
        }
      }
    }
  }

  private static List<Expected> post(Endpoint endpoint, int round) {
    List<Expected> expected = new ArrayList<>();
    for (int from = 0; from < VMS; from++) {
      for (int size : SIZES) {
        MemorySegment memory = MemorySegment.ofArray(new byte[size]);
        Request request = endpoint.newRequest();
        endpoint.irecv(memory, matchInfo(from, round, size), Mx.MATCH_EXACT, request);
        expected.add(new Expected(from, size, request, memory));
      }
    }
    return expected;
  }

  private static void send(Endpoint endpoint, int own, List<EndpointAddress> peers, int round) {
    List<Request> sends = new ArrayList<>();
    for (int to = 0; to < VMS; to++) {
      for (int size : SIZES) {
        Request request = endpoint.newRequest();
        endpoint.isend(
            content(own, to, round, size), peers.get(to), matchInfo(own, round, size), request);
        sends.add(request);
      }
    }
    sends.forEach(request -> ends(endpoint, request, new Status()));
  }

  private static void verify(Endpoint endpoint, Expected expected, int own, int round) {
    var status = new Status();
    ends(endpoint, expected.request, status);
    assertEquals(expected.size, status.transferLength());
    MemorySegment sent = content(expected.from, own, round, expected.size);
    assertEquals(-1, sent.mismatch(expected.memory), () -> expected + " round " + round);
  }

  private static void ends(Endpoint endpoint, Request request, Status status) {
    assertTrue(endpoint.await(request, LONG, status), "the request did not end");
    assertEquals(StatusCode.SUCCESS, status.code());
  }

  private static long matchInfo(int from, int round, int size) {
    return ((long) from << 40) | ((long) round << 32) | size;
  }

  private static MemorySegment content(int from, int to, int round, int size) {
    var bytes = new byte[size];
    new SplittableRandom(matchInfo(from, round, size) * VMS + to).nextBytes(bytes);
    return MemorySegment.ofArray(bytes);
  }
}
