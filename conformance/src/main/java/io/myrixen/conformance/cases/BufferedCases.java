package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.same;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Asking whether memory may be reused, and not asking at all. */
final class BufferedCases {

  private static final String SECTION = "MX API 1.8.6";

  private BufferedCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "eager-send-is-buffered",
            "A send up to the threshold is buffered soon: its memory may be reused, unmatched too.",
            BufferedCases::eagerIsBuffered),
        each(
            "large-send-is-buffered-when-complete",
            "A large send is not buffered before its match, and is once it has completed.",
            BufferedCases::largeIsBufferedWhenComplete),
        each(
            "buffered-of-no-send-is-bad-request",
            "Asking of anything but a send whether it is buffered is refused with BAD_REQUEST.",
            BufferedCases::ofNoSend),
        each(
            "forgotten-send-arrives-unreported",
            "A forgotten send arrives, and neither peek nor any tells of it.",
            BufferedCases::forgottenSend),
        ConformanceCase.of(
            "forgotten-receive-gets-its-message",
            "MX clients 1.12.13",
            "A forgotten receive still gets its message, and neither peek nor any tells of it.",
            Paths.EACH,
            BufferedCases::forgottenReceive),
        each(
            "forgetting-drops-an-outcome",
            "Forgetting a request that has ended drops its outcome.",
            BufferedCases::forgetEnded));
  }

  private static ConformanceCase each(String name, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, SECTION, rule, Paths.EACH, body);
  }

  private static void eagerIsBuffered(Scene scene) {
    for (int length : new int[] {0, 16, 100, 10_000, 32_768}) {
      MemorySegment memory = scene.message(length, length);
      Request send = Scene.send(scene.a(), memory, scene.toB(), 3);
      scene.until(scene.a(), () -> scene.a().ibuffered(send), "a send to be buffered");
      memory.fill((byte) 0);
      that(send.pending(), "asking whether a send is buffered has taken it");
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 3);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      Contents.verify(target, length);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    }
  }

  private static void largeIsBufferedWhenComplete(Scene scene) {
    Request send = Scene.send(scene.a(), scene.message(100_000, 1), scene.toB(), 3);
    scene.fence();
    that(!scene.a().ibuffered(send), "a large send that nothing matched is buffered");
    Request receive = Scene.receive(scene.b(), scene.memory(100_000), 3);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    scene.until(scene.a(), () -> scene.a().ibuffered(send), "a complete send to be buffered");
    scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
  }

  private static void ofNoSend(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    refused(
        ReturnCode.BAD_REQUEST,
        () -> scene.b().ibuffered(receive),
        "asking whether a receive is buffered");
    Request connect = scene.a().newRequest();
    scene.a().iconnect(scene.b().board().nicId(), scene.b().id(), Scene.KEY, 0, connect);
    refused(
        ReturnCode.BAD_REQUEST,
        () -> scene.a().ibuffered(connect),
        "asking whether a connect is buffered");
  }

  private static void forgottenSend(Scene scene) {
    for (int length : Lengths.MIXED) {
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 3);
      scene.a().forget(send);
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 3);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      Contents.verify(target, length);
      scene.until(scene.a(), () -> !send.pending(), "the end of a forgotten send");
      same(null, scene.a().ipeek(), "what a peek gives of a forgotten send");
      that(!scene.a().testAny(3, -1, new Status()), "any takes a forgotten send");
    }
  }

  private static void forgottenReceive(Scene scene) {
    for (int length : Lengths.MIXED) {
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 3);
      scene.b().forget(receive);
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 3);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      scene.until(scene.b(), () -> !receive.pending(), "the end of a forgotten receive");
      Contents.verify(target, length);
      same(null, scene.b().ipeek(), "what a peek gives of a forgotten receive");
      that(!scene.b().testAny(3, -1, new Status()), "any takes a forgotten receive");
    }
  }

  private static void forgetEnded(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 3);
    scene.a().isend(scene.message(8, 3), scene.toB(), 3, null);
    scene.fence();
    same(receive, scene.b().ipeek(), "what a peek gives before");
    scene.b().forget(receive);
    same(null, scene.b().ipeek(), "what a peek gives of a forgotten receive");
    that(!receive.pending(), "a receive that had ended is pending after forgetting it");
  }
}
