package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
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
import java.time.Duration;
import java.util.List;

/** Looking for messages that no receive awaits. */
final class ProbeCases {

  private static final String SECTION = "MX API 1.8.6";

  /** Long enough to notice that it is kept, short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(5);

  private ProbeCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "probe-finds-what-its-mask-says",
            "Open-MX test unexp",
            "A probe finds an unexpected message by match info and mask, until a receive takes it.",
            ProbeCases::findsByMask),
        each(
            "probe-fills-the-whole-status-in",
            "MX API 1.6",
            "A probe's status has sender, match info and the full length twice, on every path.",
            ProbeCases::fillsStatus),
        each(
            "probe-leaves-the-message",
            SECTION,
            "A probe leaves the message: it is found again, and then received whole.",
            ProbeCases::leavesMessage),
        each(
            "probe-finds-the-oldest",
            SECTION,
            "Of several messages that match, a probe finds the one that came first.",
            ProbeCases::findsOldest),
        each(
            "probe-does-not-see-awaited-messages",
            SECTION,
            "A probe does not see what a posted receive has taken.",
            ProbeCases::doesNotSeeAwaited),
        each(
            "wait-probe-ends-when-time-has-passed",
            SECTION,
            "A waiting probe tells false when its time has passed.",
            ProbeCases::waitEnds),
        each(
            "wait-probe-finds-what-comes",
            "MX clients 1.12.9",
            "A waiting probe finds a message of any class as it comes; a receive gets all of it.",
            ProbeCases::waitFinds),
        ConformanceCase.of(
            "source-of-a-probe-can-be-answered",
            "MX API 1.6",
            "The source that a probe tells can be sent to at once.",
            Paths.TO_OTHERS,
            ProbeCases::sourceCanBeAnswered),
        ConformanceCase.of(
            "probe-outside-its-mask-is-bad-match-mask",
            "MX API 1.4",
            "A probe for match info with bits outside its mask is refused with BAD_MATCH_MASK.",
            Paths.ONCE,
            ProbeCases::badMask));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static Status found(Scene scene, long info, long mask, String what) {
    var status = new Status();
    that(scene.b().iprobe(info, mask, status), "a probe does not find " + what);
    equal(StatusCode.SUCCESS, status.code(), "status of a probe");
    return status;
  }

  private static void findsByMask(Scene scene) {
    long info = 0x1234_5678_9ABC_DEF0L;
    var status = new Status();
    scene.a().isend(scene.message(8, 1), scene.toB(), info, null);
    scene.fence();
    found(scene, info, -1, "exactly what was sent");
    that(!scene.b().iprobe(info ^ 1, -1, status), "a probe finds another match info");
    found(scene, 0x1234L << 48, 0xFFFFL << 48, "the upper bits of what was sent");
    found(scene, 0, 0, "anything");
    that(!scene.b().iprobe(0x1235L << 48, 0xFFFFL << 48, status), "a probe finds other upper bits");
    Request receive = scene.b().newRequest();
    scene.b().irecv(scene.memory(8), 0xDEF0, 0xFFFF, receive);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive of what was probed");
    that(!scene.b().iprobe(0, 0, status), "a probe finds what a receive has taken");
  }

  private static void fillsStatus(Scene scene) {
    for (int length : Lengths.MIXED) {
      Request send = Scene.send(scene.a(), scene.message(length, 1), scene.toB(), length);
      scene.fence();
      Status status = found(scene, length, -1, "a message of %d".formatted(length));
      equal(scene.a().board().nicId(), status.source().nicId(), "NIC id of the source");
      equal(scene.a().id(), status.source().endpointId(), "endpoint id of the source");
      equal((long) length, status.matchInfo(), "match info");
      equal((long) length, status.messageLength(), "message length");
      equal((long) length, status.transferLength(), "transfer length");
      Request receive = Scene.receive(scene.b(), scene.memory(length), length);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    }
  }

  private static void leavesMessage(Scene scene) {
    for (int length : Lengths.MIXED) {
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 5);
      scene.fence();
      for (int i = 0; i < 3; i++) {
        found(scene, 5, -1, "what it has found before");
      }
      MemorySegment target = scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 5);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      Contents.verify(target, length);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    }
  }

  private static void findsOldest(Scene scene) {
    for (long info : new long[] {0x21, 0x30, 0x22, 0x23}) {
      scene.a().isend(scene.message(8, info), scene.toB(), info, null);
    }
    scene.fence();
    for (long info : new long[] {0x21, 0x22, 0x23}) {
      equal(info, found(scene, 0x20, 0xF0, "a message").matchInfo(), "match info of the oldest");
      Request receive = Scene.receive(scene.b(), scene.memory(8), info);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    }
    equal(0x30L, found(scene, 0, 0, "what is left").matchInfo(), "match info of what is left");
  }

  private static void doesNotSeeAwaited(Scene scene) {
    for (int length : Lengths.MIXED) {
      Request receive = Scene.receive(scene.b(), scene.memory(length), 5);
      Request send = Scene.send(scene.a(), scene.message(length, 1), scene.toB(), 5);
      scene.fence();
      that(
          !scene.b().iprobe(5, -1, new Status()),
          "a probe finds a message of %d that a receive awaits".formatted(length));
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    }
  }

  private static void waitEnds(Scene scene) {
    var status = new Status();
    that(!scene.b().probe(0, 0, SHORT, status), "a waiting probe finds what is not there");
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.fence();
    that(!scene.b().probe(2, -1, SHORT, status), "a waiting probe finds another match info");
  }

  private static void waitFinds(Scene scene) {
    scene.sendBehindMany(scene.message(8, 1), 5);
    that(scene.b().probe(5, -1, scene.limit(), new Status()), "a waiting probe sees nothing come");
    for (int length : Lengths.MIXED) {
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), 6);
      var status = new Status();
      that(
          scene.b().probe(6, -1, scene.limit(), status),
          "a waiting probe does not see a message of %d".formatted(length));
      MemorySegment target = scene.memory(status.messageLength());
      Request receive = Scene.receive(scene.b(), target, 6);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      equal((long) length, status.messageLength(), "message length");
      Contents.verify(target, length);
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    }
  }

  private static void sourceCanBeAnswered(Scene scene) {
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.fence();
    Status status = found(scene, 1, -1, "a message");
    Request answer = Scene.receive(scene.a(), scene.memory(8), 2);
    scene.b().isend(scene.message(8, 2), status.source(), 2, null);
    scene.ends(scene.a(), answer, StatusCode.SUCCESS, "the answer");
  }

  private static void badMask(Scene scene) {
    refused(
        ReturnCode.BAD_MATCH_MASK,
        () -> scene.a().iprobe(3, 1, new Status()),
        "a probe with match info outside its mask");
    refused(
        ReturnCode.BAD_MATCH_MASK,
        () -> scene.a().probe(3, 1, SHORT, new Status()),
        "a waiting probe with match info outside its mask");
  }
}
