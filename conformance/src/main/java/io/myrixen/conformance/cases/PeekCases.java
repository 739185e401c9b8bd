package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.same;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finding requests that have ended without taking them. */
final class PeekCases {

  private static final String SECTION = "MX API 1.8.6";

  /** Long enough to notice that it is kept, short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(5);

  private PeekCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "peek-gives-the-request-itself",
            "MX clients 1.12.8",
            "A peek gives the very request that was posted, again and again, and does not take it.",
            PeekCases::givesItself),
        each(
            "peeked-request-tests-as-ended",
            "MX clients 1.12.4",
            "What a peek has given, a test takes at once.",
            PeekCases::testsAsEnded),
        each(
            "peek-gives-the-oldest",
            SECTION,
            "A peek gives the request that ended first of those not taken.",
            PeekCases::givesOldest),
        each(
            "peek-gives-nothing-for-nothing",
            SECTION,
            "A peek gives nothing while nothing has ended.",
            PeekCases::givesNothing),
        each(
            "wait-peek-ends-when-time-has-passed",
            SECTION,
            "A waiting peek gives nothing when its time has passed.",
            PeekCases::waitEnds),
        each(
            "wait-peek-gives-what-comes",
            SECTION,
            "A waiting peek gives what ends meanwhile.",
            PeekCases::waitGives),
        each(
            "peek-finds-requests-of-every-kind",
            "MX clients 1.12.12",
            "A peek finds sends, receives and connects, whatever context they have.",
            PeekCases::findsEveryKind),
        ConformanceCase.of(
            "parallel-sends-to-itself-end-in-order",
            "Open-MX test loopback",
            "Four sends of four classes to itself, received later, are peeked in the order of "
                + "their receives.",
            Paths.SELF,
            PeekCases::loopback));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static void arrive(Scene scene, long info) {
    scene.a().isend(scene.message(8, info), scene.toB(), info, null);
    scene.fence();
  }

  private static void givesItself(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    arrive(scene, 1);
    for (int i = 0; i < 3; i++) {
      same(receive, scene.b().ipeek(), "what peek %d gives".formatted(i));
    }
    that(receive.pending(), "a peek has taken the request");
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    same(null, scene.b().ipeek(), "what a peek gives when all has been taken");
  }

  private static void testsAsEnded(Scene scene) {
    for (int length : Lengths.MIXED) {
      Request receive = Scene.receive(scene.b(), scene.memory(length), 1);
      Request send = Scene.send(scene.a(), scene.message(length, 1), scene.toB(), 1);
      scene.until(scene.b(), () -> scene.b().ipeek() != null, "a receive to be peeked");
      Request first = scene.b().ipeek();
      that(first != null && scene.b().test(first, new Status()), "what was peeked is pending");
      if (scene.self()) {
        Request second = scene.b().ipeek();
        that(second != null && scene.b().test(second, new Status()), "what was peeked is pending");
        that(!send.pending() && !receive.pending(), "peeks gave something else");
      } else {
        scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      }
    }
  }

  private static void givesOldest(Scene scene) {
    Request[] receives = new Request[3];
    for (int i = 0; i < receives.length; i++) {
      receives[i] = Scene.receive(scene.b(), scene.memory(8), i);
    }
    for (int i : new int[] {1, 2, 0}) {
      arrive(scene, i);
    }
    for (int i : new int[] {1, 2, 0}) {
      same(receives[i], scene.b().ipeek(), "the oldest request that has ended");
      scene.ends(scene.b(), receives[i], StatusCode.SUCCESS, "a receive");
    }
  }

  private static void givesNothing(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    same(null, scene.b().ipeek(), "what a peek gives of a pending receive");
    arrive(scene, 2);
    same(null, scene.b().ipeek(), "what a peek gives of a message that nothing awaits");
    that(receive.pending(), "a peek has ended a receive");
  }

  private static void waitEnds(Scene scene) {
    Scene.receive(scene.b(), scene.memory(8), 1);
    same(null, scene.b().peek(SHORT), "what a waiting peek gives when nothing comes");
  }

  private static void waitGives(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(100), 1);
    scene.sendBehindMany(scene.message(100, 1), 1);
    same(receive, scene.b().peek(scene.limit()), "what a waiting peek gives");
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
  }

  private static void findsEveryKind(Scene scene) {
    Endpoint a = scene.a();
    Endpoint b = scene.b();
    Request connect = a.newRequest();
    a.iconnect(b.board().nicId(), b.id(), Scene.KEY, 0, connect);
    scene.until(a, () -> connect.equals(a.ipeek()), "a connect to be peeked");
    scene.ends(a, connect, StatusCode.SUCCESS, "the connect");
    Request receive = Scene.receive(b, scene.memory(8), 1);
    Request send = a.newRequest().context("context");
    a.isend(scene.message(8, 1), scene.toB(), 1, send);
    scene.ends(b, receive, StatusCode.SUCCESS, "the receive");
    scene.until(a, () -> send.equals(a.ipeek()), "a send to be peeked");
    equal("context", scene.ends(a, send, StatusCode.SUCCESS, "the send").context(), "context");
  }

  private static void loopback(Scene scene) {
    int[] lengths = {13, 95, 13_274, 9_327_485};
    Endpoint a = scene.a();
    for (int round = 0; round < 2; round++) {
      var sends = new ArrayList<Request>();
      var receives = new ArrayList<Request>();
      for (int length : lengths) {
        sends.add(Scene.send(a, scene.memory(length), a.address(), length));
      }
      for (int length : lengths) {
        receives.add(Scene.receive(a, scene.memory(length), length));
      }
      int sent = 0;
      int received = 0;
      while (sent + received < 2 * lengths.length) {
        scene.until(a, () -> a.ipeek() != null, "a request to be peeked");
        Request next = a.ipeek();
        if (sent < lengths.length && sends.get(sent).equals(next)) {
          sent++;
        } else {
          same(receives.get(received), next, "the request that ends next");
          received++;
        }
        that(next != null && a.test(next, new Status()), "what was peeked is pending");
      }
    }
  }
}
