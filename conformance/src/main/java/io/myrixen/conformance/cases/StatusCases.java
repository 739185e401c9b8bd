package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.same;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What the status of a request says, and which requests and addresses are refused. */
final class StatusCases {

  private StatusCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "status-of-a-send-is-filled-in",
            "MX API 1.6",
            "A send's status has destination, match info, both lengths and context.",
            Paths.EACH,
            StatusCases::statusOfSend),
        ConformanceCase.of(
            "status-of-a-receive-is-filled-in",
            "MX API 1.6",
            "A receive's status has sender, the message's match info, both lengths and context.",
            Paths.EACH,
            StatusCases::statusOfReceive),
        ConformanceCase.of(
            "match-info-keeps-all-64-bits",
            "MX clients 1.12.14",
            "Match info arrives with all its 64 bits, the highest included.",
            Paths.EACH,
            StatusCases::matchInfoKeepsBits),
        ConformanceCase.of(
            "request-in-use-is-bad-request",
            "MX API 1.4",
            "A pending request, or another endpoint's, is refused with BAD_REQUEST.",
            Paths.TO_OTHERS,
            StatusCases::requestInUse),
        ConformanceCase.of(
            "address-of-another-endpoint-is-refused",
            "MX API 1.1",
            "An address means something only to the endpoint that produced it.",
            Paths.TO_OTHERS,
            StatusCases::addressOfAnother));
  }

  private static void statusOfSend(Scene scene) {
    for (int length : Lengths.MIXED) {
      Object context = new Object();
      Request receive = Scene.receive(scene.b(), scene.memory(length), 0x8000_0000_0000_00AAL);
      Request send = scene.a().newRequest().context(context);
      scene.a().isend(scene.message(length, 1), scene.toB(), 0x8000_0000_0000_00AAL, send);
      Status status = scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      same(scene.toB(), status.source(), "source of a send's status");
      equal(0x8000_0000_0000_00AAL, status.matchInfo(), "match info");
      equal((long) length, status.messageLength(), "message length");
      equal((long) length, status.transferLength(), "transfer length");
      same(context, status.context(), "context");
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    }
  }

  private static void statusOfReceive(Scene scene) {
    for (int length : Lengths.MIXED) {
      Object context = new Object();
      Request receive = scene.b().newRequest().context(context);
      scene.b().irecv(scene.memory(length + 7), 0x10, 0xF0, receive);
      Request send = Scene.send(scene.a(), scene.message(length, 1), scene.toB(), 0x71F);
      Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      equal(scene.a().board().nicId(), status.source().nicId(), "NIC id of the source");
      equal(scene.a().id(), status.source().endpointId(), "endpoint id of the source");
      equal(0x71FL, status.matchInfo(), "match info");
      equal((long) length, status.messageLength(), "message length");
      equal((long) length, status.transferLength(), "transfer length");
      same(context, status.context(), "context");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    }
  }

  private static void matchInfoKeepsBits(Scene scene) {
    for (long info : new long[] {0, -1, Long.MIN_VALUE, 1L << 63 | 1, 0x0123_4567_89AB_CDEFL}) {
      Request receive = scene.b().newRequest();
      scene.b().irecv(scene.memory(8), info, -1, receive);
      Request send = Scene.send(scene.a(), scene.message(8, info), scene.toB(), info);
      Status received = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      equal(info, received.matchInfo(), "match info of the receive");
      equal(
          info,
          scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send").matchInfo(),
          "match info of the send");
    }
  }

  private static void requestInUse(Scene scene) {
    Endpoint a = scene.a();
    Request pending = Scene.receive(a, scene.memory(8), 1);
    MemorySegment memory = scene.memory(8);
    refused(
        ReturnCode.BAD_REQUEST,
        () -> a.isend(memory, scene.toB(), 1, pending),
        "a send with a request that is pending");
    refused(
        ReturnCode.BAD_REQUEST,
        () -> a.irecv(memory, 1, -1, pending),
        "a receive with a request that is pending");
    Request foreign = scene.b().newRequest();
    refused(
        ReturnCode.BAD_REQUEST,
        () -> a.isend(memory, scene.toB(), 1, foreign),
        "a send with a request of another endpoint");
    refused(
        ReturnCode.BAD_REQUEST,
        () -> a.test(a.newRequest(), new Status()),
        "a test of a request that was not started");
  }

  private static void addressOfAnother(Scene scene) {
    refused(
        ReturnCode.BAD_ENDPOINT,
        () -> scene.a().isend(scene.memory(8), scene.toA(), 1, scene.a().newRequest()),
        "a send to an address that another endpoint produced");
  }
}
