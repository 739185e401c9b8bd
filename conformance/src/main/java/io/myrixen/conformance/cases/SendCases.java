package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** When sends complete, and what their status says. */
final class SendCases {

  private static final String SECTION = "MX API 1.8.4";

  private SendCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "eager-send-completes-unmatched",
            SECTION,
            "A send up to the rendezvous threshold completes without a receive.",
            Paths.TO_OTHERS,
            SendCases::eagerCompletesUnmatched),
        ConformanceCase.of(
            "buffer-is-free-after-completion",
            SECTION,
            "Once a send has completed its memory may be reused: what was sent arrives.",
            Paths.TO_OTHERS,
            SendCases::bufferIsFree),
        ConformanceCase.of(
            "large-send-completes-at-match",
            SECTION,
            "A send beyond the threshold completes only when its receive has been matched.",
            Paths.EACH,
            SendCases::largeCompletesAtMatch),
        ConformanceCase.of(
            "synchronous-send-completes-at-match",
            SECTION,
            "An issend of any length completes only when its receive has been matched.",
            Paths.EACH,
            scene -> completesAtMatch(scene, true, 16, 100, 10_000, 100_000)),
        ConformanceCase.of(
            "empty-synchronous-send-completes-at-match",
            SECTION,
            "An issend of no bytes completes only when its receive has been matched.",
            Paths.EACH,
            scene -> completesAtMatch(scene, true, 0)),
        ConformanceCase.of(
            "send-to-itself-is-synchronous",
            SECTION,
            "Any send to itself completes only when its receive has been matched.",
            Paths.SELF,
            scene -> completesAtMatch(scene, false, Lengths.EAGER)),
        ConformanceCase.of(
            "send-without-request-is-forgotten",
            SECTION,
            "A send without a request arrives, and nobody is told that it completed.",
            Paths.EACH,
            SendCases::withoutRequest));
  }

  private static void eagerCompletesUnmatched(Scene scene) {
    for (int length : new int[] {0, 32, 33, 128, 129, 32_768}) {
      Request send = Scene.send(scene.a(), scene.message(length, 1), scene.toB(), 1);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "an eager send of %d".formatted(length));
    }
  }

  private static void bufferIsFree(Scene scene) {
    for (int length : new int[] {16, 100, 10_000, 32_768}) {
      MemorySegment memory = scene.message(length, length);
      Request send = Scene.send(scene.a(), memory, scene.toB(), length);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "an eager send");
      memory.fill((byte) 0);
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, length);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "its receive");
      Contents.verify(target, length);
    }
  }

  private static void largeCompletesAtMatch(Scene scene) {
    completesAtMatch(scene, false, 32_769, 100_000);
  }

  private static void completesAtMatch(Scene scene, boolean synchronous, int... lengths) {
    for (int length : lengths) {
      MemorySegment memory = scene.message(length, length);
      Request send =
          synchronous
              ? Scene.sendSync(scene.a(), memory, scene.toB(), 9)
              : Scene.send(scene.a(), memory, scene.toB(), 9);
      scene.fence();
      Scene.pending(scene.a(), send, "an unmatched send of %d".formatted(length));
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 9);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "its receive");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the matched send");
      Contents.verify(target, length);
    }
  }

  private static void withoutRequest(Scene scene) {
    for (int length : Lengths.MIXED) {
      scene.a().isend(scene.message(length, length), scene.toB(), 3, null);
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 3);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "its receive");
      Contents.verify(target, length);
    }
    scene.fence();
    var status = new Status();
    if (scene.a().testAny(3, -1, status)) {
      equal("nothing", status.toString(), "what testAny reports of a send without a request");
    }
  }
}
