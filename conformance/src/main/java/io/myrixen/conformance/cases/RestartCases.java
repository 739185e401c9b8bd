package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/** Partners that close, and come back under the same id. */
final class RestartCases {

  /** What may be told of a partner that has gone, whether it is back or not. */
  private static final Set<StatusCode> GONE =
      Set.of(StatusCode.ENDPOINT_CLOSED, StatusCode.BAD_SESSION, StatusCode.ENDPOINT_UNREACHABLE);

  private RestartCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        toOthers(
            "send-to-closed-endpoint-ends-closed",
            "MX API 1.5",
            "A synchronous or large send to an endpoint that has closed ends with ENDPOINT_CLOSED.",
            RestartCases::toClosed),
        toOthers(
            "send-to-reopened-endpoint-ends-bad-session",
            "MX API 1.5",
            "A synchronous or large send meant for an earlier opening ends with BAD_SESSION.",
            RestartCases::toReopened),
        toOthers(
            "reopened-endpoint-gets-nothing-old",
            "MX API 1.8.2",
            "What was sent to an earlier opening does not arrive in a later one.",
            RestartCases::nothingOld),
        toOthers(
            "reconnect-after-restart",
            "MX API 1.8.7",
            "After the partner's restart a connect gives the address of its new session, and "
                + "messages flow.",
            RestartCases::reconnect),
        toOthers(
            "pending-sends-end-when-partner-restarts",
            "MX API 1.8.7",
            "What was pending to the partner's old session ends when it connects anew.",
            RestartCases::pendingEnds),
        toOthers(
            "restarted-partner-may-connect-first",
            "MX wire 2.8",
            "A partner that restarted and connects first is answered under its new session.",
            RestartCases::partnerConnectsFirst));
  }

  private static ConformanceCase toOthers(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.TO_OTHERS, body);
  }

  private static Endpoint reopen(Scene scene, Endpoint endpoint) {
    int id = endpoint.id();
    scene.close(endpoint);
    int board = Scene.firstBoard(scene.far());
    return scene.open(scene.far(), board, id, Scene.KEY, Scene.options());
  }

  private static void toClosed(Scene scene) {
    EndpointAddress address = scene.toB();
    scene.fence();
    scene.close(scene.b());
    Request synchronous = Scene.sendSync(scene.a(), scene.message(8, 1), address, 1);
    scene.ends(scene.a(), synchronous, StatusCode.ENDPOINT_CLOSED, "an issend");
    Request large = Scene.send(scene.a(), scene.message(100_000, 1), address, 1);
    scene.ends(scene.a(), large, StatusCode.ENDPOINT_CLOSED, "a large send");
  }

  private static void toReopened(Scene scene) {
    EndpointAddress address = scene.toB();
    scene.fence();
    Endpoint reopened = reopen(scene, scene.b());
    that(reopened.address().session() != address.session(), "the session is the old one");
    Request synchronous = Scene.sendSync(scene.a(), scene.message(8, 1), address, 1);
    scene.ends(scene.a(), synchronous, StatusCode.BAD_SESSION, "an issend");
    Request large = Scene.send(scene.a(), scene.message(100_000, 1), address, 1);
    scene.ends(scene.a(), large, StatusCode.BAD_SESSION, "a large send");
  }

  private static void nothingOld(Scene scene) {
    EndpointAddress old = scene.toB();
    scene.fence();
    Endpoint reopened = reopen(scene, scene.b());
    for (int length : Lengths.EAGER) {
      scene.a().isend(scene.message(length, 1), old, 1, null);
    }
    EndpointAddress address = scene.connect(scene.a(), reopened);
    scene.fence(scene.a(), address, reopened);
    that(
        !reopened.iprobe(1, -1, new Status()),
        "a message to an earlier opening has arrived in a later one");
  }

  private static void reconnect(Scene scene) {
    scene.toB();
    scene.toA();
    scene.fence();
    Endpoint reopened = reopen(scene, scene.b());
    EndpointAddress address = scene.connect(scene.a(), reopened);
    equal(reopened.address().session(), address.session(), "session of the new address");
    for (int length : Lengths.MIXED) {
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(reopened, target, 2);
      Request send = Scene.send(scene.a(), scene.message(length, length), address, 2);
      scene.ends(reopened, receive, StatusCode.SUCCESS, "a receive after the restart");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send after the restart");
      Contents.verify(target, length);
    }
    scene.fence(reopened, scene.connect(reopened, scene.a()), scene.a());
  }

  private static void pendingEnds(Scene scene) {
    Request synchronous = Scene.sendSync(scene.a(), scene.message(8, 1), scene.toB(), 1);
    Request large = Scene.send(scene.a(), scene.message(100_000, 1), scene.toB(), 2);
    scene.fence();
    Endpoint reopened = reopen(scene, scene.b());
    scene.connect(reopened, scene.a());
    ended(scene, synchronous);
    ended(scene, large);
  }

  private static void ended(Scene scene, Request request) {
    Status status = scene.ends(scene.a(), request, "a send to the old session");
    that(GONE.contains(status.code()), "a send to the old session ended with " + status.code());
  }

  private static void partnerConnectsFirst(Scene scene) {
    scene.toB();
    scene.toA();
    scene.fence();
    Endpoint reopened = reopen(scene, scene.b());
    EndpointAddress toA = scene.connect(reopened, scene.a());
    Request receive = Scene.receive(scene.a(), scene.memory(8), 3);
    reopened.isend(scene.message(8, 3), toA, 3, null);
    Status status = scene.ends(scene.a(), receive, StatusCode.SUCCESS, "a receive");
    equal(reopened.address().session(), status.source().session(), "session of the source");
    Request answer = Scene.receive(reopened, scene.memory(8), 4);
    scene.a().isend(scene.message(8, 4), status.source(), 4, null);
    scene.ends(reopened, answer, StatusCode.SUCCESS, "the answer's receive");
  }
}
