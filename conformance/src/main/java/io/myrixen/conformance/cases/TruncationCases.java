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

/** Receives shorter than their message. */
final class TruncationCases {

  private static final String SECTION = "MX API 1.8.4";

  /** Bytes behind each target that nobody may touch. */
  private static final int GUARD_BYTES = 32;

  private TruncationCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "truncated-receive-tells-both-lengths",
            "Open-MX test truncated",
            "A receive of half a message ends TRUNCATED, with the full and the stored length.",
            Paths.EACH,
            TruncationCases::receiver),
        ConformanceCase.of(
            "truncated-eager-send-succeeds",
            SECTION,
            "The sender of a truncated eager message sees SUCCESS.",
            Paths.TO_OTHERS,
            scene -> sender(scene, false, StatusCode.SUCCESS, 10, 120, 20_000)),
        ConformanceCase.of(
            "truncated-large-send-tells-what-was-taken",
            SECTION,
            "The sender of a truncated large message sees TRUNCATED and the length taken.",
            Paths.EACH,
            scene -> sender(scene, false, StatusCode.TRUNCATED, 40_000, 1_048_576)),
        ConformanceCase.of(
            "truncated-synchronous-send-tells-what-was-taken",
            SECTION,
            "The sender of a truncated issend of any length sees TRUNCATED and the length taken.",
            Paths.EACH,
            scene -> sender(scene, true, StatusCode.TRUNCATED, 10, 120, 20_000, 40_000)),
        ConformanceCase.of(
            "truncated-send-to-itself-tells-what-was-taken",
            SECTION,
            "The sender of a truncated message to itself sees TRUNCATED, whatever its length.",
            Paths.SELF,
            scene -> sender(scene, false, StatusCode.TRUNCATED, 10, 120, 20_000)),
        ConformanceCase.of(
            "truncated-to-nothing",
            "MX wire 2.9",
            "A large message into a receive of no bytes ends TRUNCATED on both sides, with 0.",
            Paths.EACH,
            TruncationCases::toNothing));
  }

  private static void receiver(Scene scene) {
    for (int length : new int[] {10, 120, 20_000, 1_048_576}) {
      for (boolean early : new boolean[] {true, false}) {
        int half = length / 2;
        MemorySegment target = scene.memory(half + GUARD_BYTES);
        Request receive = scene.b().newRequest();
        Request send = scene.a().newRequest();
        if (early) {
          scene.b().irecv(target.asSlice(0, half), 4, -1, receive);
        }
        scene.a().isend(scene.message(length, length), scene.toB(), 4, send);
        if (!early) {
          scene.fence();
          scene.b().irecv(target.asSlice(0, half), 4, -1, receive);
        }
        Status status = scene.ends(scene.b(), receive, StatusCode.TRUNCATED, "the receive");
        equal((long) length, status.messageLength(), "message length of the receive");
        equal((long) half, status.transferLength(), "transfer length of the receive");
        Contents.verify(target.asSlice(0, half), length);
        MemorySegment untouched = MemorySegment.ofArray(new byte[GUARD_BYTES]);
        equal(-1L, target.asSlice(half).mismatch(untouched), "first byte written behind");
        scene.ends(scene.a(), send, "the send");
      }
    }
  }

  private static void sender(
      Scene scene, boolean synchronous, StatusCode expected, int... lengths) {
    for (int length : lengths) {
      int half = length / 2;
      Request receive = Scene.receive(scene.b(), scene.memory(half), 4);
      MemorySegment memory = scene.message(length, length);
      Request send =
          synchronous
              ? Scene.sendSync(scene.a(), memory, scene.toB(), 4)
              : Scene.send(scene.a(), memory, scene.toB(), 4);
      scene.ends(scene.b(), receive, StatusCode.TRUNCATED, "the receive");
      Status status = scene.ends(scene.a(), send, expected, "the send of %d".formatted(length));
      equal((long) length, status.messageLength(), "message length of the send");
      equal(
          (long) (expected == StatusCode.SUCCESS ? length : half),
          status.transferLength(),
          "transfer length of the send");
    }
  }

  private static void toNothing(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(0), 4);
    Request send = Scene.send(scene.a(), scene.message(40_000, 1), scene.toB(), 4);
    Status received = scene.ends(scene.b(), receive, StatusCode.TRUNCATED, "the receive");
    equal(40_000L, received.messageLength(), "message length of the receive");
    equal(0L, received.transferLength(), "transfer length of the receive");
    Status sent = scene.ends(scene.a(), send, StatusCode.TRUNCATED, "the send");
    equal(0L, sent.transferLength(), "transfer length of the send");
  }
}
