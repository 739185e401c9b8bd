package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Who makes progress, and what happens to those who have much in flight. */
final class ProgressCases {

  private static final String SECTION = "MX API 1.8.9";

  /** More than an endpoint has region ids, and far more than it may have large sends at once. */
  private static final int MANY_LARGE = 300;

  /** Room for eight messages of 4 KiB. */
  private static final int SMALL_MEMORY = 32 << 10;

  private static final int FLOOD = 24;

  private ProgressCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "progress-calls-are-enough",
            SECTION,
            "Without background progress, calls that only progress let everything come on.",
            Paths.TO_OTHERS,
            ProgressCases::callsAreEnough),
        ConformanceCase.of(
            "receiver-that-computes-loses-nothing",
            SECTION,
            "With background progress a receiver that does not call gets large messages and "
                + "answers connects.",
            Paths.TO_OTHERS,
            ProgressCases::receiverComputes),
        ConformanceCase.of(
            "both-sides-send-large-at-once",
            "MX API 1.7",
            "However many large sends are pending on both sides, receives can proceed.",
            Paths.TO_OTHERS,
            ProgressCases::bothSendLarge),
        ConformanceCase.of(
            "resources-are-waited-for",
            "MX API 1.8.4",
            "A send that lacks resources is queued: the call succeeds, and order is kept.",
            Paths.EACH,
            ProgressCases::resourcesAreWaitedFor),
        ConformanceCase.of(
            "unexpected-memory-has-a-limit",
            "MX API 1.8.2",
            "More unexpected messages than their memory holds all arrive, in order.",
            Paths.TO_OTHERS,
            ProgressCases::unexpectedMemory),
        ConformanceCase.of(
            "flooding-does-not-stop-a-large-send",
            "MX API 1.8.5",
            "A sender that floods its partner with unexpected messages gets its own large send "
                + "through, and the flood.",
            Paths.TO_OTHERS,
            ProgressCases::flooding));
  }

  private static void callsAreEnough(Scene scene) {
    scene.openBoth(Scene.options().withBackgroundProgress(false));
    for (int length : Lengths.MIXED) {
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 1);
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 1);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send to who only progresses");
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "its receive");
      Contents.verify(target, length);
    }
  }

  private static void receiverComputes(Scene scene) {
    MemorySegment target = scene.memory(200_000);
    Request receive = Scene.receive(scene.b(), target, 1);
    Endpoint b = scene.b();
    Endpoint a = scene.a();
    var address = a.connect(b.board().nicId(), b.id(), Scene.KEY, scene.limit());
    Request send = Scene.send(a, scene.message(200_000, 1), address, 1);
    var status = new Status();
    that(a.await(send, scene.limit(), status), "a large send to who computes does not end");
    equal(StatusCode.SUCCESS, status.code(), "status of the send");
    scene.ends(b, receive, StatusCode.SUCCESS, "the receive");
    Contents.verify(target, 1);
  }

  private static void bothSendLarge(Scene scene) {
    var there = new ArrayList<Request>();
    var back = new ArrayList<Request>();
    for (int i = 0; i < MANY_LARGE; i++) {
      there.add(Scene.sendSync(scene.a(), scene.message(100, i), scene.toB(), i));
      back.add(Scene.sendSync(scene.b(), scene.message(100, i), scene.toA(), i));
    }
    var atB = receives(scene, scene.b());
    var atA = receives(scene, scene.a());
    for (int i = 0; i < MANY_LARGE; i++) {
      scene.ends(scene.b(), atB.get(i), StatusCode.SUCCESS, "receive %d".formatted(i));
      scene.ends(scene.a(), atA.get(i), StatusCode.SUCCESS, "receive %d back".formatted(i));
      scene.ends(scene.a(), there.get(i), StatusCode.SUCCESS, "send %d".formatted(i));
      scene.ends(scene.b(), back.get(i), StatusCode.SUCCESS, "send %d back".formatted(i));
    }
  }

  private static List<Request> receives(Scene scene, Endpoint endpoint) {
    var receives = new ArrayList<Request>();
    for (int i = 0; i < MANY_LARGE; i++) {
      receives.add(Scene.receive(endpoint, scene.memory(100), i));
    }
    return receives;
  }

  private static void resourcesAreWaitedFor(Scene scene) {
    int count = 600;
    for (int i = 0; i < count; i++) {
      scene.a().isend(scene.message(i % 3 == 0 ? 2_000 : 8, i), scene.toB(), 5, null);
    }
    for (int i = 0; i < count; i++) {
      int length = i % 3 == 0 ? 2_000 : 8;
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 5);
      Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "receive %d".formatted(i));
      equal((long) length, status.messageLength(), "length of message %d".formatted(i));
      Contents.verify(target, i);
    }
  }

  private static void unexpectedMemory(Scene scene) {
    scene.openBoth(Scene.options().withUnexpectedBytes(SMALL_MEMORY));
    for (int i = 0; i < FLOOD; i++) {
      scene.a().isend(scene.message(4_096, i), scene.toB(), 5, null);
    }
    scene.until(
        scene.b(), () -> scene.b().iprobe(5, -1, new Status()), "the first unexpected message");
    for (int i = 0; i < FLOOD; i++) {
      MemorySegment target = scene.memory(4_096);
      Request receive = Scene.receive(scene.b(), target, 5);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "receive %d".formatted(i));
      Contents.verify(target, i);
    }
  }

  private static void flooding(Scene scene) {
    scene.openBoth(Scene.options().withUnexpectedBytes(SMALL_MEMORY));
    Request send = Scene.send(scene.a(), scene.message(200_000, 9), scene.toB(), 1);
    for (int i = 0; i < FLOOD; i++) {
      scene.a().isend(scene.message(4_096, i), scene.toB(), 2, null);
    }
    scene.until(
        scene.b(), () -> scene.b().iprobe(2, -1, new Status()), "the first message of the flood");
    MemorySegment target = scene.memory(200_000);
    Request receive = Scene.receive(scene.b(), target, 1);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive of the large message");
    scene.ends(scene.a(), send, StatusCode.SUCCESS, "the large send of who floods");
    Contents.verify(target, 9);
    for (int i = 0; i < FLOOD; i++) {
      MemorySegment flooded = scene.memory(4_096);
      Request each = Scene.receive(scene.b(), flooded, 2);
      scene.ends(scene.b(), each, StatusCode.SUCCESS, "receive %d of the flood".formatted(i));
      Contents.verify(flooded, i);
    }
  }
}
