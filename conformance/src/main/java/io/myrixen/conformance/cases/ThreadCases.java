package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** Several threads at once, on one endpoint or on many. */
final class ThreadCases {

  private static final int THREADS = 8;
  private static final int ROUNDS = 20;

  private ThreadCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.ofThreads(
            "each-thread-gets-what-it-waits-for",
            "MX API 1.8.9",
            "Of several threads that wait in one endpoint, virtual ones too, each gets the "
                + "outcome of its own request.",
            Paths.EACH,
            ThreadCases::eachGetsItsOwn),
        ConformanceCase.ofThreads(
            "threads-wait-for-different-things",
            "MX clients 1.12.11",
            "Waits for a request, for any, a peek and a probe in one endpoint end independently.",
            Paths.EACH,
            ThreadCases::differentThings),
        ConformanceCase.ofThreads(
            "threads-wait-for-any-in-own-endpoints",
            "Open-MX test multithread_wait_any",
            "Threads that wait for any, each in an endpoint of its own, get every message.",
            Paths.TO_OTHERS,
            ThreadCases::ownEndpoints),
        ConformanceCase.ofThreads(
            "threads-open-and-close-at-once",
            "Open-MX test multithread_ep",
            "Threads may open, receive, cancel and close in a storm.",
            Paths.ONCE,
            ThreadCases::storm));
  }

  private static void eachGetsItsOwn(Scene scene) {
    scene.openBoth(Scene.options().withShared(true));
    scene.toB();
    var threads = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Callable<Boolean> task = () -> receiveAll(scene, number);
      threads.add(i % 2 == 0 ? scene.start(task) : scene.startVirtual(task));
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = THREADS - 1; i >= 0; i--) {
        scene.a().isend(scene.message(500, i), scene.toB(), i, null);
      }
    }
    for (Future<Boolean> thread : threads) {
      that(scene.result(thread), "a wait came to an end without its message");
    }
  }

  private static boolean receiveAll(Scene scene, int number) {
    MemorySegment target = MemorySegment.ofArray(new byte[500]);
    Request request = scene.b().newRequest();
    var status = new Status();
    for (int round = 0; round < ROUNDS; round++) {
      scene.b().irecv(target, number, Mx.MATCH_EXACT, request);
      if (!scene.b().await(request, scene.limit(), status)) {
        return false;
      }
      equal((long) number, status.matchInfo(), "match info");
      Contents.verify(target, number);
    }
    return true;
  }

  private static void differentThings(Scene scene) {
    scene.openBoth(Scene.options().withShared(true));
    scene.toB();
    Endpoint b = scene.b();
    Request waited = Scene.receive(b, scene.memory(8), 1);
    Scene.receive(b, scene.memory(8), 2);
    Future<Boolean> wait = scene.start(() -> b.await(waited, scene.limit(), new Status()));
    Future<Boolean> any = scene.start(() -> b.awaitAny(2, -1, scene.limit(), new Status()));
    Future<Boolean> probe = scene.start(() -> b.probe(3, -1, scene.limit(), new Status()));
    scene.a().isend(scene.message(8, 3), scene.toB(), 3, null);
    that(scene.result(probe), "the probe did not see its message");
    Future<Boolean> peek = scene.start(() -> b.peek(scene.limit()) != null);
    scene.a().isend(scene.message(8, 2), scene.toB(), 2, null);
    that(scene.result(any), "the wait for any did not see its message");
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    that(scene.result(wait), "the wait did not see its message");
    Request last = Scene.receive(b, scene.memory(8), 4);
    scene.a().isend(scene.message(8, 4), scene.toB(), 4, null);
    that(scene.result(peek), "the peek did not see anything");
    scene.ends(b, last, StatusCode.SUCCESS, "the last receive");
  }

  private static void ownEndpoints(Scene scene) {
    var threads = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < THREADS / 2; i++) {
      Endpoint receiver = scene.openFar(Scene.options());
      EndpointAddress address = scene.connect(scene.a(), receiver);
      for (int round = 0; round < ROUNDS; round++) {
        Scene.receive(receiver, scene.memory(100), round);
        scene.a().isend(scene.message(100, round), address, round, null);
      }
      threads.add(scene.start(() -> takeAll(scene, receiver)));
    }
    for (Future<Boolean> thread : threads) {
      that(scene.result(thread), "a wait for any came to an end without a message");
    }
  }

  private static boolean takeAll(Scene scene, Endpoint receiver) {
    var status = new Status();
    for (int round = 0; round < ROUNDS; round++) {
      if (!receiver.awaitAny(0, 0, scene.limit(), status)) {
        return false;
      }
      equal((long) round, status.matchInfo(), "match info of message %d".formatted(round));
    }
    return true;
  }

  private static void storm(Scene scene) {
    EndpointOptions options = Scene.options().withStagingBytes(64 << 10);
    var threads = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(scene.start(() -> openAndClose(scene, options)));
    }
    for (Future<Boolean> thread : threads) {
      that(scene.result(thread), "a receive in the storm could not be cancelled");
    }
    equal(0, scene.a().id(), "the first free id after the storm");
  }

  private static boolean openAndClose(Scene scene, EndpointOptions options) {
    for (int round = 0; round < ROUNDS / 2; round++) {
      Endpoint endpoint = scene.near().openEndpoint(0, Mx.ANY_ENDPOINT, Scene.KEY, options);
      Request[] receives = new Request[4];
      for (int i = 0; i < receives.length; i++) {
        receives[i] = Scene.receive(endpoint, MemorySegment.ofArray(new byte[8]), i);
      }
      for (Request receive : List.of(receives[2], receives[0])) {
        if (!endpoint.cancel(receive)) {
          return false;
        }
      }
      endpoint.close(Duration.ZERO);
    }
    return true;
  }
}
