package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.time.Duration;
import java.util.List;

/** Requests that are given a time. */
final class TimeoutCases {

  private static final String SECTION = "MX API 1.8.7";

  /** Long enough to notice that it is kept, short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(5);

  private TimeoutCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "request-time-out-ends-a-send",
            SECTION,
            "A send with a time-out that nothing has matched by then ends with TIMEOUT.",
            Paths.EACH,
            TimeoutCases::endsSend),
        ConformanceCase.of(
            "request-time-out-ends-a-connect",
            SECTION,
            "A connect with a time-out that nobody has answered by then ends with TIMEOUT.",
            Paths.TO_OTHERS,
            TimeoutCases::endsConnect),
        ConformanceCase.of(
            "request-time-out-of-0-is-none",
            SECTION,
            "A time-out of 0 takes a request's limit away.",
            Paths.EACH,
            TimeoutCases::zeroIsNone));
  }

  private static void endsSend(Scene scene) {
    Request synchronous = Scene.sendSync(scene.a(), scene.message(8, 1), scene.toB(), 1);
    scene.a().requestTimeout(synchronous, SHORT);
    scene.ends(scene.a(), synchronous, StatusCode.TIMEOUT, "an issend with a time-out");
    Request large = Scene.send(scene.a(), scene.message(100_000, 1), scene.toB(), 1);
    scene.a().requestTimeout(large, SHORT);
    scene.ends(scene.a(), large, StatusCode.TIMEOUT, "a large send with a time-out");
    scene.fence();
  }

  private static void endsConnect(Scene scene) {
    Endpoint a = scene.a();
    EndpointOptions mute = Scene.options().withBackgroundProgress(false);
    // Not one of the scene's, which would let it answer.
    int board = Scene.firstBoard(scene.far());
    try (Endpoint silent = scene.far().openEndpoint(board, Mx.ANY_ENDPOINT, Scene.KEY, mute)) {
      Request connect = a.newRequest();
      a.iconnect(silent.board().nicId(), silent.id(), Scene.KEY, 0, connect);
      a.requestTimeout(connect, SHORT);
      scene.ends(a, connect, StatusCode.TIMEOUT, "a connect with a time-out");
    }
  }

  private static void zeroIsNone(Scene scene) {
    Request send = Scene.sendSync(scene.a(), scene.message(8, 1), scene.toB(), 1);
    scene.a().requestTimeout(send, SHORT);
    scene.a().requestTimeout(send, Duration.ZERO);
    that(
        !scene.a().await(send, SHORT.multipliedBy(4), new Status()),
        "a send whose time-out was taken away ends by time");
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "its receive");
    scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send whose time-out was taken away");
  }
}
