package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What the unexpected handler is offered, and what becomes of it. */
final class HandlerCases {

  private static final String SECTION = "MX API 1.8.8";
  private static final String HANDLER_TEST = "Open-MX test unexp_handler";

  /** From an empty message to a large one. */
  private static final int[] LENGTHS = {0, 16, 100, 1_024, 10_000, 1_048_576};

  /** Payload is shown up to this length. */
  private static final int SHOWN = 4_096;

  private HandlerCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "handler-is-offered-unexpected-messages",
            SECTION,
            "The handler is told sender, match info and length of a message without a receive.",
            HandlerCases::isOffered),
        each(
            "handler-sees-payload-of-eager-messages",
            HANDLER_TEST,
            "The handler sees the payload of eager messages up to 4096 bytes, and of no others.",
            HandlerCases::seesPayload),
        each(
            "handler-is-offered-messages-in-order",
            SECTION,
            "The handler is offered messages in the order they were sent.",
            HandlerCases::inOrder),
        each(
            "handler-is-not-offered-awaited-messages",
            SECTION,
            "The handler is not offered what a posted receive takes.",
            HandlerCases::notAwaited),
        each(
            "handler-is-not-offered-waiting-messages",
            SECTION,
            "The handler is not offered what was waiting when it was registered.",
            HandlerCases::notWaiting),
        each(
            "handler-can-be-taken-away",
            SECTION,
            "A null handler takes the handler away: messages wait for their receives again.",
            HandlerCases::takenAway),
        each(
            "continued-message-waits",
            SECTION,
            "After CONTINUE a message waits for its receive as any other.",
            HandlerCases::continuedWaits),
        each(
            "finished-message-is-gone",
            SECTION,
            "After FINISHED a message is gone: neither a probe nor a receive finds it.",
            HandlerCases::finishedIsGone),
        ConformanceCase.of(
            "sender-of-finished-eager-message-succeeds",
            HANDLER_TEST,
            "The sender of an eager message that a handler finished sees SUCCESS.",
            Paths.TO_OTHERS,
            scene -> finished(scene, false, 0, 16, 100, 1_024, 10_000)),
        each(
            "sender-of-finished-large-message-is-truncated",
            HANDLER_TEST,
            "The sender of a large or synchronous message that a handler finished sees TRUNCATED "
                + "with nothing transferred, or SUCCESS if it was empty.",
            HandlerCases::finishedLarge));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static void isOffered(Scene scene) {
    var log = new HandlerLog(Action.CONTINUE);
    scene.b().unexpectedHandler(log);
    for (int length : LENGTHS) {
      scene.a().isend(scene.message(length, length), scene.toB(), 0x8000_0000_0000_0000L, null);
      HandlerLog.Offer offer = log.next(scene);
      equal(scene.a().board().nicId(), offer.source().nicId(), "NIC id of the source");
      equal(scene.a().id(), offer.source().endpointId(), "endpoint id of the source");
      equal(0x8000_0000_0000_0000L, offer.matchInfo(), "match info");
      equal((long) length, offer.lengthBytes(), "length");
    }
  }

  private static void seesPayload(Scene scene) {
    var log = new HandlerLog(Action.CONTINUE);
    scene.b().unexpectedHandler(log);
    for (int length : LENGTHS) {
      MemorySegment memory = scene.message(length, length);
      scene.a().isend(memory, scene.toB(), 1, null);
      MemorySegment shown = log.next(scene).data();
      if (length > 0) {
        equal(length <= SHOWN, shown != null, "payload of %d is shown".formatted(length));
      }
      if (shown != null) {
        equal(-1L, memory.mismatch(shown), "first byte that differs in the payload shown");
      }
      scene.a().issend(memory, scene.toB(), 1, null);
      MemorySegment synchronous = log.next(scene).data();
      that(
          synchronous == null || length == 0,
          "the payload of a synchronous message of %d is shown".formatted(length));
    }
  }

  private static void inOrder(Scene scene) {
    var log = new HandlerLog(Action.CONTINUE);
    scene.b().unexpectedHandler(log);
    int[] lengths = {100_000, 16, 10_000, 0, 100};
    for (int i = 0; i < lengths.length; i++) {
      scene.a().isend(scene.message(lengths[i], i), scene.toB(), i, null);
    }
    for (int i = 0; i < lengths.length; i++) {
      equal((long) i, log.next(scene).matchInfo(), "match info of offer %d".formatted(i));
    }
  }

  private static void notAwaited(Scene scene) {
    var log = new HandlerLog(Action.FINISHED);
    scene.b().unexpectedHandler(log);
    for (int length : LENGTHS) {
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 1);
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 1);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      Contents.verify(target, length);
    }
    equal(0, log.count(), "offers of awaited messages");
  }

  private static void notWaiting(Scene scene) {
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.fence();
    var log = new HandlerLog(Action.FINISHED);
    scene.b().unexpectedHandler(log);
    scene.fence();
    equal(0, log.count(), "offers of a message that was waiting");
    that(scene.b().iprobe(1, -1, new Status()), "a message that was waiting is gone");
  }

  private static void takenAway(Scene scene) {
    var log = new HandlerLog(Action.FINISHED);
    scene.b().unexpectedHandler(log);
    scene.b().unexpectedHandler(null);
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.fence();
    equal(0, log.count(), "offers after the handler was taken away");
    that(scene.b().iprobe(1, -1, new Status()), "a message does not wait");
  }

  private static void continuedWaits(Scene scene) {
    var log = new HandlerLog(Action.CONTINUE);
    scene.b().unexpectedHandler(log);
    for (int length : LENGTHS) {
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 1);
      log.next(scene);
      scene.fence();
      that(scene.b().iprobe(1, -1, new Status()), "a continued message does not wait");
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 1);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      Contents.verify(target, length);
    }
  }

  private static void finishedIsGone(Scene scene) {
    var log = new HandlerLog(Action.FINISHED);
    scene.b().unexpectedHandler(log);
    for (int length : LENGTHS) {
      scene.a().isend(scene.message(length, length), scene.toB(), 1, null);
      log.next(scene);
      that(!scene.b().iprobe(1, -1, new Status()), "a probe finds a finished message");
      Request receive = Scene.receive(scene.b(), scene.memory(length), 1);
      scene.fence();
      that(scene.b().cancel(receive), "a receive has taken a finished message");
    }
    equal(LENGTHS.length, log.count(), "offers");
  }

  private static void finished(Scene scene, boolean synchronous, int... lengths) {
    var log = new HandlerLog(Action.FINISHED);
    scene.b().unexpectedHandler(log);
    for (int length : lengths) {
      MemorySegment memory = scene.message(length, length);
      Request send =
          synchronous
              ? Scene.sendSync(scene.a(), memory, scene.toB(), 1)
              : Scene.send(scene.a(), memory, scene.toB(), 1);
      log.next(scene);
      boolean whole = length == 0 || (!synchronous && !scene.self() && length <= 32_768);
      Status status =
          scene.ends(
              scene.a(),
              send,
              whole ? StatusCode.SUCCESS : StatusCode.TRUNCATED,
              "a send of %d".formatted(length));
      equal(whole ? length : 0L, status.transferLength(), "transfer length of the send");
      equal((long) length, status.messageLength(), "message length of the send");
    }
  }

  private static void finishedLarge(Scene scene) {
    finished(scene, false, 40_000, 1_048_576);
    finished(scene, true, LENGTHS);
  }
}
