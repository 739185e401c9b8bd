package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** Ending the waits of others. */
final class WakeUpCases {

  private static final String SECTION = "MX API 1.8.2";

  /** Each kind of wait twice. */
  private static final int OF_EACH = 2;

  private WakeUpCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.ofThreads(
            "wake-up-ends-every-wait",
            "MX test wakeup",
            "A wake-up ends waits for sends, receives, any, peeks, probes and connects, as if time "
                + "had passed, in every thread.",
            Paths.TO_OTHERS,
            WakeUpCases::endsEveryWait),
        ConformanceCase.of(
            "wake-up-is-not-remembered",
            SECTION,
            "A wake-up that finds nobody waiting does not end a later wait.",
            Paths.EACH,
            WakeUpCases::notRemembered),
        ConformanceCase.ofThreads(
            "wake-up-ends-no-request",
            SECTION,
            "A request whose wait was woken stays pending and gets its message.",
            Paths.EACH,
            WakeUpCases::endsNoRequest),
        ConformanceCase.ofThreads(
            "close-ends-waits",
            SECTION,
            "Closing an endpoint ends the waits of all threads in it.",
            Paths.TO_OTHERS,
            WakeUpCases::closeEndsWaits));
  }

  /** Longer than the case has patience for. */
  private static Duration forLong(Scene scene) {
    return scene.limit().multipliedBy(10);
  }

  /** Each kind of wait for what never comes; tells whether something came. */
  private static List<Callable<Boolean>> waits(Scene scene, Endpoint silent) {
    Endpoint a = scene.a();
    var waits = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < OF_EACH; i++) {
      Request send = Scene.sendSync(a, scene.message(8, 1), scene.toB(), 1);
      Request receive = Scene.receive(a, scene.memory(8), 2);
      waits.add(() -> a.await(send, forLong(scene), new Status()));
      waits.add(() -> a.await(receive, forLong(scene), new Status()));
      waits.add(() -> a.awaitAny(3, -1, forLong(scene), new Status()));
      waits.add(() -> a.peek(forLong(scene)) != null);
      waits.add(() -> a.probe(4, -1, forLong(scene), new Status()));
      waits.add(() -> connects(a, silent, scene));
    }
    return waits;
  }

  private static boolean connects(Endpoint a, Endpoint silent, Scene scene) {
    try {
      a.connect(silent.board().nicId(), silent.id(), Scene.KEY, forLong(scene));
      return true;
    } catch (MxException e) {
      equal(ReturnCode.TIMEOUT, e.code(), "a connect that was woken");
      return false;
    }
  }

  private static void endsEveryWait(Scene scene) {
    scene.openBoth(Scene.options().withShared(true));
    scene.toB();
    Endpoint silent = scene.openFar(Scene.options().withBackgroundProgress(false));
    var threads = new ArrayList<Future<Boolean>>();
    for (Callable<Boolean> wait : waits(scene, silent)) {
      threads.add(scene.start(wait));
    }
    scene.meanwhile(threads, scene.a()::wakeUp);
    for (int i = 0; i < threads.size(); i++) {
      that(!scene.result(threads.get(i)), "wait %d tells that something came".formatted(i));
    }
  }

  private static void notRemembered(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    scene.toB();
    scene.b().wakeUp();
    scene.sendBehindMany(scene.message(8, 1), 1);
    that(
        scene.b().await(receive, scene.limit(), new Status()),
        "a wake-up before it has ended a wait");
  }

  private static void endsNoRequest(Scene scene) {
    scene.openBoth(Scene.options().withShared(true));
    Endpoint b = scene.b();
    Request receive = Scene.receive(b, scene.memory(8), 1);
    Future<Boolean> thread = scene.start(() -> b.await(receive, forLong(scene), new Status()));
    scene.meanwhile(List.of(thread), b::wakeUp);
    that(!scene.result(thread), "a wait tells that something came");
    that(receive.pending(), "a wake-up has ended a request");
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.ends(b, receive, StatusCode.SUCCESS, "a receive whose wait was woken");
  }

  private static void closeEndsWaits(Scene scene) {
    Endpoint shared = scene.openNear(Scene.options().withShared(true));
    Request receive = Scene.receive(shared, scene.memory(8), 1);
    var threads = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < OF_EACH; i++) {
      threads.add(scene.start(() -> shared.probe(5, -1, forLong(scene), new Status())));
      threads.add(scene.start(() -> shared.awaitAny(6, -1, forLong(scene), new Status())));
    }
    threads.add(scene.start(() -> shared.await(receive, forLong(scene), new Status())));
    scene.close(shared);
    for (Future<Boolean> thread : threads) {
      try {
        scene.result(thread);
      } catch (MxException e) {
        equal(ReturnCode.BAD_ENDPOINT, e.code(), "a wait in an endpoint that has been closed");
      }
    }
  }
}
