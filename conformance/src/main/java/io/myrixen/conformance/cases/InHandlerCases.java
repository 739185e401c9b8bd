package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.same;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.UnexpectedHandler.Action;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What may be called inside the unexpected handler, and when it does not run at all. */
final class InHandlerCases {

  private static final String SECTION = "MX API 1.8.8";

  private InHandlerCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "receive-posted-in-handler-takes-the-message",
            "MX clients 1.12.6",
            "A receive posted inside the handler takes the very message that it was offered.",
            InHandlerCases::receiveInHandler),
        each(
            "handler-may-answer",
            SECTION,
            "Inside the handler the sender can be sent to.",
            InHandlerCases::answerInHandler),
        each(
            "address-context-is-there-in-handler",
            "MX clients 1.12.7",
            "The source's context is there inside the handler, and can be set.",
            InHandlerCases::contextInHandler),
        each(
            "test-in-handler-makes-no-progress",
            SECTION,
            "Inside the handler tests look at what there is, and no other handler call begins.",
            InHandlerCases::testInHandler),
        each(
            "close-in-handler-is-refused",
            SECTION,
            "Inside the handler closing is refused with CLOSE_IN_HANDLER.",
            InHandlerCases::closeInHandler),
        each(
            "no-handler-runs-while-progression-is-disabled",
            "MX API 1.8.9",
            "Between disabling and re-enabling progression no handler runs; afterwards it does.",
            InHandlerCases::disabled));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static void receiveInHandler(Scene scene) {
    for (int length : Lengths.MIXED) {
      Endpoint b = scene.b();
      MemorySegment target = scene.memory(length);
      Request receive = b.newRequest();
      b.unexpectedHandler((_, matchInfo, _, _) -> {
        b.irecv(target, matchInfo, -1, receive);
        return Action.CONTINUE;
      });
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 5);
      scene.until(b, receive::pending, "an offer to the handler");
      scene.ends(b, receive, StatusCode.SUCCESS, "a receive posted inside the handler");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      Contents.verify(target, length);
      b.unexpectedHandler(null);
    }
  }

  private static void answerInHandler(Scene scene) {
    Endpoint b = scene.b();
    MemorySegment answer = scene.message(100, 9);
    MemorySegment target = scene.memory(100);
    Request receive = Scene.receive(scene.a(), target, 9);
    b.unexpectedHandler((source, _, _, _) -> {
      b.isend(answer, source, 9, null);
      return Action.FINISHED;
    });
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.ends(scene.a(), receive, StatusCode.SUCCESS, "the answer's receive");
    Contents.verify(target, 9);
  }

  private static void contextInHandler(Scene scene) {
    scene.toA().context("set before");
    var found = new AtomicReference<Object>();
    scene
        .b()
        .unexpectedHandler((source, _, _, _) -> {
          found.set(source.context());
          source.context("set inside");
          return Action.FINISHED;
        });
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.until(scene.b(), () -> found.get() != null, "an offer to the handler");
    equal("set before", found.get(), "context inside the handler");
    equal("set inside", scene.toA().context(), "context set inside the handler");
  }

  private static void testInHandler(Scene scene) {
    Endpoint b = scene.b();
    Request ended = Scene.receive(b, scene.memory(8), 7);
    scene.a().isend(scene.message(8, 7), scene.toB(), 7, null);
    scene.fence();
    var log = new HandlerLog(Action.CONTINUE);
    var inside = new AtomicReference<Integer>();
    b.unexpectedHandler((source, matchInfo, length, data) -> {
      log.onUnexpected(source, matchInfo, length, data);
      if (log.count() == 1) {
        boolean took = b.test(ended, new Status());
        for (int i = 0; i < 10; i++) {
          b.progress();
        }
        inside.set(took ? log.count() : -1);
      }
      return Action.CONTINUE;
    });
    for (int i = 0; i < 4; i++) {
      scene.a().isend(scene.message(8, i), scene.toB(), 1, null);
    }
    scene.until(b, () -> log.count() == 4, "four offers to the handler");
    equal(1, inside.get(), "offers until the first handler call returned, -1 if a test failed");
  }

  private static void closeInHandler(Scene scene) {
    Endpoint b = scene.b();
    var refusal = new AtomicReference<ReturnCode>();
    b.unexpectedHandler((_, _, _, _) -> {
      try {
        b.close();
        refusal.set(ReturnCode.SUCCESS);
      } catch (MxException e) {
        refusal.set(e.code());
      }
      return Action.FINISHED;
    });
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.until(b, () -> refusal.get() != null, "an offer to the handler");
    same(ReturnCode.CLOSE_IN_HANDLER, refusal.get(), "closing inside the handler");
    scene.fence();
  }

  private static void disabled(Scene scene) {
    Endpoint b = scene.b();
    EndpointAddress toB = scene.toB();
    scene.toA();
    scene.fence();
    var log = new HandlerLog(Action.FINISHED);
    b.unexpectedHandler(log);
    b.disableProgression();
    scene.a().isend(scene.message(8, 1), toB, 1, null);
    for (int i = 0; i < 20; i++) {
      b.progress();
      scene.a().progress();
    }
    equal(0, log.count(), "offers while progression was disabled");
    b.reenableProgression();
    log.next(scene);
  }
}
