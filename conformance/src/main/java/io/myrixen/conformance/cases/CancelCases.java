package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Taking requests back. */
final class CancelCases {

  private static final String SECTION = "MX API 1.8.6";

  private CancelCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "cancel-takes-an-unmatched-receive-back",
            SECTION,
            "A receive that nothing matched can be cancelled: it is free, and takes nothing.",
            CancelCases::unmatchedReceive),
        each(
            "cancel-comes-too-late-for-a-matched-receive",
            SECTION,
            "A receive that has ended cannot be cancelled: its outcome is still to be taken.",
            CancelCases::matchedReceive),
        each(
            "cancel-leaves-other-receives",
            SECTION,
            "Cancelling one of several receives leaves the others and their order.",
            CancelCases::leavesOthers),
        each(
            "cancel-of-a-send-is-not-supported",
            SECTION,
            "A send cannot be cancelled.",
            CancelCases::send),
        ConformanceCase.of(
            "cancel-takes-an-unfinished-connect-back",
            "Open-MX test cancel",
            "A connect that has not been answered can be cancelled, and its request used again.",
            Paths.TO_OTHERS,
            CancelCases::connect),
        each(
            "cancel-without-test-ends-a-receive-cancelled",
            "Open-MX test cancel",
            "A receive cancelled by the form that is tested later is reported as CANCELLED by any.",
            CancelCases::notestReceive),
        ConformanceCase.of(
            "cancel-without-test-ends-a-connect-cancelled",
            "Open-MX test cancel",
            "A connect cancelled by the form that is tested later is reported as CANCELLED by any.",
            Paths.TO_OTHERS,
            CancelCases::notestConnect));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static void unmatchedReceive(Scene scene) {
    MemorySegment cancelled = scene.memory(8);
    Request request = Scene.receive(scene.b(), cancelled, 1);
    that(scene.b().cancel(request), "a receive that nothing matched is not cancelled");
    that(!request.pending(), "a cancelled receive says that it is pending");
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.fence();
    that(
        cancelled.mismatch(scene.memory(8)) == -1, "the memory of a cancelled receive was written");
    MemorySegment target = scene.memory(8);
    scene.b().irecv(target, 1, -1, request);
    scene.ends(scene.b(), request, StatusCode.SUCCESS, "a receive for what the first left");
    Contents.verify(target, 1);
  }

  private static void matchedReceive(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.fence();
    that(!scene.b().cancel(receive), "a receive that has ended is cancelled");
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
  }

  private static void leavesOthers(Scene scene) {
    MemorySegment[] targets = {scene.memory(8), scene.memory(8), scene.memory(8)};
    Request[] receives = new Request[targets.length];
    for (int i = 0; i < targets.length; i++) {
      receives[i] = Scene.receive(scene.b(), targets[i], 1);
    }
    that(scene.b().cancel(receives[1]), "a receive that nothing matched is not cancelled");
    for (int i = 0; i < 2; i++) {
      scene.a().isend(scene.message(8, i), scene.toB(), 1, null);
    }
    scene.ends(scene.b(), receives[0], StatusCode.SUCCESS, "the first receive");
    scene.ends(scene.b(), receives[2], StatusCode.SUCCESS, "the third receive");
    Contents.verify(targets[0], 0);
    Contents.verify(targets[2], 1);
  }

  private static void send(Scene scene) {
    Request send = Scene.sendSync(scene.a(), scene.message(8, 1), scene.toB(), 1);
    refused(ReturnCode.CANCEL_NOT_SUPPORTED, () -> scene.a().cancel(send), "cancelling a send");
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "its receive");
    scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send that could not be cancelled");
  }

  private static void connect(Scene scene) {
    Endpoint a = scene.a();
    Endpoint silent = scene.openFar(Scene.options().withBackgroundProgress(false));
    Request request = a.newRequest();
    a.iconnect(silent.board().nicId(), silent.id(), Scene.KEY, 0, request);
    that(a.cancel(request), "a connect that was not answered is not cancelled");
    that(!request.pending(), "a cancelled connect says that it is pending");
    a.iconnect(silent.board().nicId(), silent.id(), Scene.KEY, 0, request);
    scene.ends(a, request, StatusCode.SUCCESS, "a connect after a cancelled one");
  }

  private static void notestReceive(Scene scene) {
    Request request = Scene.receive(scene.b(), scene.memory(8), 0x61);
    request.context("cancelled");
    that(scene.b().cancelNotest(request), "a receive that nothing matched is not cancelled");
    that(request.pending(), "a receive whose outcome is to be taken says that it is not pending");
    cancelledByAny(scene.b(), 0x61);
    that(!request.pending(), "a receive that any has taken says that it is pending");
    scene.a().isend(scene.message(8, 1), scene.toB(), 0x61, null);
    scene.fence();
    scene.b().irecv(scene.memory(8), 0x61, -1, request);
    scene.ends(scene.b(), request, StatusCode.SUCCESS, "a receive for what the first left");
  }

  private static void notestConnect(Scene scene) {
    Endpoint a = scene.a();
    Endpoint silent = scene.openFar(Scene.options().withBackgroundProgress(false));
    Request request = a.newRequest().context("cancelled");
    a.iconnect(silent.board().nicId(), silent.id(), Scene.KEY, 0x62, request);
    that(a.cancelNotest(request), "a connect that was not answered is not cancelled");
    cancelledByAny(a, 0x62);
    scene.connect(a, silent);
  }

  private static void cancelledByAny(Endpoint endpoint, long info) {
    var status = new Status();
    that(endpoint.testAny(info, -1, status), "any does not report a cancelled request");
    equal(StatusCode.CANCELLED, status.code(), "status of a cancelled request");
    equal("cancelled", status.context(), "context of a cancelled request");
  }
}
