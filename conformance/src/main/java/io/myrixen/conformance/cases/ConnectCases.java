package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.same;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.util.List;

/** Connecting, by whichever call. */
final class ConnectCases {

  private static final String SECTION = "MX API 1.8.7";

  private ConnectCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        toOthers(
            "connect-tells-the-address",
            "The address names NIC, endpoint and session of the endpoint connected to.",
            ConnectCases::tellsAddress),
        ConformanceCase.of(
            "connect-twice-gives-the-same-address",
            SECTION,
            "Connecting twice to the same endpoint gives the same address.",
            Paths.EACH,
            ConnectCases::twiceIsSame),
        ConformanceCase.of(
            "connect-to-itself-needs-nobody",
            "MX clients 1.12.2",
            "Connecting to itself works with no other thread and no background progress.",
            Paths.SELF,
            ConnectCases::toItself),
        toOthers(
            "target-answers-connects-while-it-calls",
            "The target is never asked: its library answers within whatever it calls.",
            ConnectCases::answersWhileCalling),
        ConformanceCase.of(
            "iconnect-status-is-filled-in",
            "MX API 1.6",
            "An iconnect's status has address, match info and context; both lengths are 0.",
            Paths.EACH,
            ConnectCases::statusOfIconnect),
        toOthers(
            "both-sides-may-connect-at-once",
            "Two endpoints that connect to each other at once both succeed.",
            ConnectCases::bothAtOnce),
        ConformanceCase.of(
            "receiver-need-not-connect",
            "MX API 1.1",
            "Receiving needs no connect, and the source of a status can be answered at once.",
            Paths.TO_OTHERS,
            ConnectCases::receiverNeedNotConnect));
  }

  private static ConformanceCase toOthers(String name, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, SECTION, rule, Paths.TO_OTHERS, body);
  }

  private static void tellsAddress(Scene scene) {
    Endpoint b = scene.b();
    EndpointAddress address = scene.toB();
    equal(b.board().nicId(), address.nicId(), "NIC id");
    equal(b.id(), address.endpointId(), "endpoint id");
    equal(b.address().session(), address.session(), "session");
  }

  private static void twiceIsSame(Scene scene) {
    EndpointAddress first = scene.connect(scene.a(), scene.b());
    same(first, scene.connect(scene.a(), scene.b()), "address of the second connect");
    if (scene.self()) {
      same(scene.a().address(), first, "address of a connect to itself");
    }
  }

  private static void toItself(Scene scene) {
    Endpoint alone = scene.openNear(Scene.options().withBackgroundProgress(false));
    EndpointAddress address =
        alone.connect(alone.board().nicId(), alone.id(), Scene.KEY, scene.limit());
    same(alone.address(), address, "address of a connect to itself");
  }

  private static void answersWhileCalling(Scene scene) {
    scene.a();
    Endpoint target = scene.openFar(Scene.options().withBackgroundProgress(false));
    Request receive = Scene.receive(target, scene.memory(8), 5);
    Request connect = scene.a().newRequest();
    scene.a().iconnect(target.board().nicId(), target.id(), Scene.KEY, 0, connect);
    Status status = scene.ends(scene.a(), connect, StatusCode.SUCCESS, "the connect");
    Scene.send(scene.a(), scene.message(8, 5), status.source(), 5);
    scene.ends(target, receive, StatusCode.SUCCESS, "the target's receive");
  }

  private static void statusOfIconnect(Scene scene) {
    Object context = new Object();
    Endpoint b = scene.b();
    Request request = scene.a().newRequest().context(context);
    scene.a().iconnect(b.board().nicId(), b.id(), Scene.KEY, 0x8000_0000_0000_0007L, request);
    Status status = scene.ends(scene.a(), request, StatusCode.SUCCESS, "the connect");
    same(scene.toB(), status.source(), "source of an iconnect's status");
    equal(0x8000_0000_0000_0007L, status.matchInfo(), "match info");
    equal(0L, status.messageLength(), "message length");
    equal(0L, status.transferLength(), "transfer length");
    same(context, status.context(), "context");
  }

  private static void bothAtOnce(Scene scene) {
    Endpoint a = scene.a();
    Endpoint b = scene.b();
    Request there = a.newRequest();
    Request back = b.newRequest();
    a.iconnect(b.board().nicId(), b.id(), Scene.KEY, 0, there);
    b.iconnect(a.board().nicId(), a.id(), Scene.KEY, 0, back);
    EndpointAddress toB = scene.ends(a, there, StatusCode.SUCCESS, "one connect").source();
    EndpointAddress toA = scene.ends(b, back, StatusCode.SUCCESS, "the other connect").source();
    scene.fence(a, toB, b);
    scene.fence(b, toA, a);
  }

  private static void receiverNeedNotConnect(Scene scene) {
    Request receive = scene.b().newRequest();
    scene.b().irecv(scene.memory(8), 0, 0, receive);
    Scene.send(scene.a(), scene.message(8, 1), scene.toB(), 1);
    Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    EndpointAddress source = status.source();
    equal(scene.a().board().nicId(), source.nicId(), "NIC id of the source");
    equal(scene.a().id(), source.endpointId(), "endpoint id of the source");

    Request answer = Scene.receive(scene.a(), scene.memory(8), 2);
    Request send = Scene.send(scene.b(), scene.message(8, 2), source, 2);
    scene.ends(scene.a(), answer, StatusCode.SUCCESS, "the answer's receive");
    scene.ends(scene.b(), send, StatusCode.SUCCESS, "the answer's send");
  }
}
