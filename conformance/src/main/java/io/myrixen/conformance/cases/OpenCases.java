package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.board.Board;
import java.util.List;

/** Opening and closing endpoints. */
final class OpenCases {

  private static final String SECTION = "MX API 1.8.2";

  private OpenCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        once(
            "open-any-tries-each-id-on-every-board",
            "With board and id left open, id 0 is tried on every board, then id 1.",
            OpenCases::anyTriesEachIdOnEveryBoard),
        once(
            "open-taken-id-is-busy",
            "Opening an id that is open already is refused with BUSY.",
            OpenCases::takenIdIsBusy),
        once(
            "open-beyond-last-id-is-bad-endpoint",
            "An endpoint id at or above the maximum is refused with BAD_ENDPOINT.",
            OpenCases::beyondLastIdIsBad),
        once(
            "open-on-no-board-is-board-unknown",
            "A board number that no board has is refused with BOARD_UNKNOWN.",
            OpenCases::noBoardIsUnknown),
        once(
            "open-with-all-ids-taken-is-busy",
            "With every id of a board open, any id is refused with BUSY.",
            OpenCases::allTakenIsBusy),
        once(
            "open-again-has-a-new-session",
            "Each opening has a session of its own, also of the same id.",
            OpenCases::reopenedHasNewSession),
        once(
            "open-bad-option-is-bad-param-val",
            "An option out of its range is refused with BAD_PARAM_VAL.",
            OpenCases::badOptionIsRefused),
        ConformanceCase.of(
            "own-address-can-be-sent-to",
            SECTION,
            "An endpoint is connected to itself from the start, and its address tells where it is.",
            Paths.SELF,
            OpenCases::ownAddress),
        once(
            "close-ends-pending-requests",
            "Closing drops what is pending, and an id that was closed can be opened again.",
            OpenCases::closeEndsPending),
        once(
            "closed-endpoint-refuses",
            "After closing nothing can be begun, and closing again does nothing.",
            OpenCases::closedRefuses));
  }

  private static ConformanceCase once(String name, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, SECTION, rule, Paths.ONCE, body);
  }

  private static void anyTriesEachIdOnEveryBoard(Scene scene) {
    List<Board> boards = scene.near().boards();
    for (int id = 0; id < 2; id++) {
      for (Board board : boards) {
        Endpoint opened =
            scene.open(scene.near(), Mx.ANY_NIC, Mx.ANY_ENDPOINT, Scene.KEY, Scene.options());
        equal(id, opened.id(), "endpoint id");
        equal(board.number(), opened.board().number(), "board of id " + id);
      }
    }
  }

  private static void takenIdIsBusy(Scene scene) {
    Endpoint opened = scene.a();
    refused(
        ReturnCode.BUSY,
        () -> scene.open(scene.near(), 0, opened.id(), Scene.KEY, Scene.options()),
        "opening an id that is open");
  }

  private static void beyondLastIdIsBad(Scene scene) {
    int beyond = scene.near().boards().getFirst().maxEndpoints();
    for (int id : new int[] {beyond, beyond + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -2}) {
      refused(
          ReturnCode.BAD_ENDPOINT,
          () -> scene.open(scene.near(), 0, id, Scene.KEY, Scene.options()),
          "opening id " + Integer.toUnsignedString(id));
    }
  }

  private static void noBoardIsUnknown(Scene scene) {
    int beyond = scene.near().boards().size();
    for (int board : new int[] {beyond, beyond + 1, Integer.MAX_VALUE, -2}) {
      refused(
          ReturnCode.BOARD_UNKNOWN,
          () -> scene.open(scene.near(), board, Mx.ANY_ENDPOINT, Scene.KEY, Scene.options()),
          "opening on board " + Integer.toUnsignedString(board));
    }
  }

  private static void allTakenIsBusy(Scene scene) {
    // So that all of them fit into the grant table of a domain of Xen.
    EndpointOptions small = Scene.options().withStagingBytes(64 << 10).withSmallestGeometry();
    int max = scene.near().boards().getFirst().maxEndpoints();
    for (int id = 0; id < max; id++) {
      equal(id, scene.openNear(small).id(), "the next free id");
    }
    refused(ReturnCode.BUSY, () -> scene.openNear(small), "opening one more than there are ids");
  }

  private static void reopenedHasNewSession(Scene scene) {
    Endpoint first = scene.openNear(Scene.options());
    int id = first.id();
    int session = first.address().session();
    scene.close(first);
    Endpoint second = scene.open(scene.near(), 0, id, Scene.KEY, Scene.options());
    equal(id, second.id(), "endpoint id");
    that(second.address().session() != session, "the second opening has the session of the first");
  }

  private static void badOptionIsRefused(Scene scene) {
    EndpointOptions options = Scene.options();
    refused(
        ReturnCode.BAD_PARAM_VAL,
        () -> scene.openNear(options.withRendezvousThreshold(127)),
        "a threshold below 128");
    refused(
        ReturnCode.BAD_PARAM_VAL,
        () -> scene.openNear(options.withRendezvousThreshold(32_769)),
        "a threshold above the longest medium");
    refused(
        ReturnCode.BAD_PARAM_VAL,
        () -> scene.openNear(options.withUnexpectedBytes(-1)),
        "a negative limit of unexpected memory");
    refused(
        ReturnCode.BAD_PARAM_VAL,
        () -> scene.openNear(options.withContextId(17, 0)),
        "a context id of more than 16 bits");
    refused(
        ReturnCode.BAD_PARAM_VAL,
        () -> scene.openNear(options.withContextId(2, 63)),
        "a context id beyond the highest bit");
  }

  private static void ownAddress(Scene scene) {
    Endpoint endpoint = scene.a();
    equal(endpoint.board().nicId(), endpoint.address().nicId(), "NIC id of the own address");
    equal(endpoint.id(), endpoint.address().endpointId(), "endpoint id of the own address");
    Request receive = Scene.receive(endpoint, scene.memory(8), 1);
    Request send = Scene.send(endpoint, scene.message(8, 1), endpoint.address(), 1);
    scene.ends(endpoint, send, StatusCode.SUCCESS, "the send to itself");
    scene.ends(endpoint, receive, StatusCode.SUCCESS, "the receive from itself");
  }

  private static void closeEndsPending(Scene scene) {
    Endpoint endpoint = scene.openNear(Scene.options());
    int id = endpoint.id();
    Request receive = Scene.receive(endpoint, scene.memory(8), 1);
    scene.close(endpoint);
    var status = new Status();
    that(endpoint.test(receive, status), "a receive is still pending after closing");
    equal(StatusCode.CANCELLED, status.code(), "status of a receive that was pending at closing");
    equal(id, scene.openNear(Scene.options()).id(), "the id that was closed");
  }

  private static void closedRefuses(Scene scene) {
    Endpoint endpoint = scene.openNear(Scene.options());
    scene.close(endpoint);
    endpoint.close();
    Request request = endpoint.newRequest();
    refused(
        ReturnCode.BAD_ENDPOINT,
        () -> endpoint.irecv(scene.memory(8), 1, Mx.MATCH_EXACT, request),
        "a receive after closing");
    refused(
        ReturnCode.BAD_ENDPOINT,
        () -> endpoint.isend(scene.memory(8), endpoint.address(), 1, request),
        "a send after closing");
  }
}
