package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.same;
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
import java.time.Duration;
import java.util.List;

/** Test, wait, and their forms for any request. */
final class CompletionCases {

  private static final String SECTION = "MX API 1.8.6";

  /** Long enough to notice that it is kept, short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(5);

  private CompletionCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "test-tells-whether-it-has-ended",
            "A test tells false while the request is pending, and leaves the status as it was.",
            CompletionCases::testTells),
        each(
            "taken-request-is-free",
            "Test and wait give the request back: it can be used again, and not taken twice.",
            CompletionCases::takenIsFree),
        each(
            "wait-ends-when-time-has-passed",
            "A wait ends with false when its time has passed; the request stays pending.",
            CompletionCases::waitEnds),
        each(
            "wait-of-0-has-no-limit",
            "A time-out of 0 waits until the request has ended.",
            CompletionCases::waitWithoutLimit),
        each(
            "any-finds-receives-by-the-messages-info",
            "Any finds a receive by the match info of the message that it took.",
            CompletionCases::anyFindsReceives),
        ConformanceCase.of(
            "any-finds-sends",
            "MX clients 1.12.5",
            "Any finds sends by the match info that they were sent with.",
            Paths.EACH,
            CompletionCases::anyFindsSends),
        each(
            "any-finds-connects",
            "Any finds connects by the match info that they were begun with.",
            CompletionCases::anyFindsConnects),
        each(
            "any-takes-what-its-mask-says",
            "Any takes only what matches its mask, and of that the oldest.",
            CompletionCases::anyTakesWhatMatches),
        each(
            "any-frees-the-request",
            "A request that any has taken is free, and must not be tested again.",
            CompletionCases::anyFrees),
        each(
            "wait-any-ends-when-time-has-passed",
            "A wait for any ends with false when its time has passed.",
            CompletionCases::waitAnyEnds),
        each(
            "wait-any-waits-for-what-comes",
            "A wait for any ends with the message that comes meanwhile.",
            CompletionCases::waitAnyWaits),
        each(
            "request-without-context-has-none",
            "A request that no context was given has none in its status, also after reuse.",
            CompletionCases::noContext));
  }

  private static ConformanceCase each(String name, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, SECTION, rule, Paths.EACH, body);
  }

  private static void arrive(Scene scene, long info) {
    scene.a().isend(scene.message(8, info), scene.toB(), info, null);
    scene.fence();
  }

  private static void testTells(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    var status = new Status();
    status.set(StatusCode.ABORTED, null, 77, 78, 79, "as it was");
    String before = status.toString();
    that(!scene.b().test(receive, status), "a pending receive tests as ended");
    equal(before, status.toString(), "the status that a test found nothing for");
    that(receive.pending(), "a pending receive says that it is not");
    arrive(scene, 1);
    that(scene.b().test(receive, status), "a receive whose message has come tests as pending");
    equal(StatusCode.SUCCESS, status.code(), "status");
    that(!receive.pending(), "a receive that was taken says that it is pending");
  }

  private static void takenIsFree(Scene scene) {
    Endpoint b = scene.b();
    Request request = b.newRequest();
    for (int round = 0; round < 3; round++) {
      MemorySegment target = scene.memory(8);
      b.irecv(target, round, -1, request);
      arrive(scene, round);
      scene.ends(b, request, StatusCode.SUCCESS, "a receive");
      Contents.verify(target, round);
      refused(
          ReturnCode.BAD_REQUEST,
          () -> b.test(request, new Status()),
          "a test of a request that has been taken");
    }
  }

  private static void waitEnds(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    var status = new Status();
    that(!scene.b().await(receive, SHORT, status), "a wait for nothing tells that it came");
    that(receive.pending(), "a wait that ended by time has ended the request");
    arrive(scene, 1);
    that(scene.b().await(receive, scene.limit(), status), "a wait tells that nothing came");
  }

  private static void waitWithoutLimit(Scene scene) {
    Request first = Scene.receive(scene.b(), scene.memory(8), 1);
    arrive(scene, 1);
    scene.ends(scene.b(), first, StatusCode.SUCCESS, "a receive waited for with a limit");
    Request second = Scene.receive(scene.b(), scene.memory(8), 2);
    scene.sendBehindMany(scene.message(8, 2), 2);
    var status = new Status();
    that(scene.b().await(second, Duration.ZERO, status), "a wait without limit came to an end");
    equal(StatusCode.SUCCESS, status.code(), "status");
    scene.a().isend(scene.message(8, 3), scene.toB(), 3, null);
    Request third = Scene.receive(scene.b(), scene.memory(8), 3);
    that(
        scene.b().awaitAny(3, -1, Duration.ZERO, status),
        "a wait for any without limit came to an end");
    that(!third.pending(), "the request that any has taken is pending");
  }

  private static void anyFindsReceives(Scene scene) {
    Request receive = scene.b().newRequest();
    scene.b().irecv(scene.memory(8), 0x10, 0x10, receive);
    arrive(scene, 0x1234);
    var status = new Status();
    that(!scene.b().testAny(0x10, -1, status), "any finds a receive by its own match info");
    that(
        scene.b().testAny(0x1234, -1, status), "any does not find a receive by the message's info");
    equal(0x1234L, status.matchInfo(), "match info");
  }

  private static void anyFindsSends(Scene scene) {
    for (int length : Lengths.MIXED) {
      Object context = new Object();
      Request receive = Scene.receive(scene.b(), scene.memory(length), 0x20);
      Request send = scene.a().newRequest().context(context);
      scene.a().isend(scene.message(length, 1), scene.toB(), 0x20, send);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      var status = new Status();
      that(
          scene.a().awaitAny(0x20, -1, scene.limit(), status),
          "any does not find a send of %d".formatted(length));
      same(context, status.context(), "context of what any found");
      equal((long) length, status.messageLength(), "message length of what any found");
    }
  }

  private static void anyFindsConnects(Scene scene) {
    Endpoint b = scene.b();
    Request request = scene.a().newRequest().context("connect");
    scene.a().iconnect(b.board().nicId(), b.id(), Scene.KEY, 0x77, request);
    var status = new Status();
    that(scene.a().awaitAny(0x70, 0xF0, scene.limit(), status), "any does not find a connect");
    equal("connect", status.context(), "context of what any found");
    equal(StatusCode.SUCCESS, status.code(), "status");
    equal(b.id(), status.source().endpointId(), "endpoint id of what was connected to");
  }

  private static void anyTakesWhatMatches(Scene scene) {
    for (long info = 0x30; info < 0x34; info++) {
      Scene.receive(scene.b(), scene.memory(8), info);
    }
    for (long info : new long[] {0x32, 0x30, 0x33, 0x31}) {
      arrive(scene, info);
    }
    var status = new Status();
    that(!scene.b().testAny(0x40, 0xF0, status), "any takes what does not match");
    that(scene.b().testAny(0x31, 0xF1, status), "any takes nothing odd");
    equal(0x33L, status.matchInfo(), "match info of the oldest odd one");
    that(scene.b().testAny(0x30, 0xF0, status), "any takes nothing");
    equal(0x32L, status.matchInfo(), "match info of the oldest");
    that(scene.b().testAny(0x30, 0xF0, status), "any takes no second");
    equal(0x30L, status.matchInfo(), "match info of the second oldest");
    that(scene.b().testAny(0x31, -1, status), "any does not take what is left");
    that(!scene.b().testAny(0x30, 0xF0, status), "any takes more than there was");
  }

  private static void anyFrees(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    arrive(scene, 1);
    that(scene.b().testAny(1, -1, new Status()), "any takes nothing");
    that(!receive.pending(), "a request that any has taken says that it is pending");
    refused(
        ReturnCode.BAD_REQUEST,
        () -> scene.b().test(receive, new Status()),
        "a test of a request that any has taken");
    scene.b().irecv(scene.memory(8), 2, -1, receive);
    arrive(scene, 2);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive with a request used again");
  }

  private static void waitAnyEnds(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    var status = new Status();
    that(!scene.b().awaitAny(1, -1, SHORT, status), "a wait for any tells that something came");
    that(receive.pending(), "a wait for any that ended by time has ended a request");
  }

  private static void waitAnyWaits(Scene scene) {
    Scene.receive(scene.b(), scene.memory(100), 0x51);
    scene.sendBehindMany(scene.message(100, 1), 0x51);
    var status = new Status();
    that(
        scene.b().awaitAny(0x50, 0xF0, scene.limit(), status),
        "a wait for any does not see what comes");
    equal(0x51L, status.matchInfo(), "match info");
  }

  private static void noContext(Scene scene) {
    Request receive = scene.b().newRequest();
    scene.b().irecv(scene.memory(8), 1, -1, receive);
    arrive(scene, 1);
    Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    same(null, status.context(), "context that nobody gave");
    scene.b().irecv(scene.memory(8), 2, -1, receive.context("given"));
    arrive(scene, 2);
    equal(
        "given",
        scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive").context(),
        "context that was given for the second use");
  }
}
