package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Which receive gets which message. */
final class MatchCases {

  private static final String SECTION = "MX API 1.1";
  private static final String RECEIVES = "MX API 1.8.5";

  /** Classes mixed so that each stands before and behind a slower one. */
  private static final int[] MIX = {40_000, 8, 5_000, 100, 0, 70_000, 20, 32_768, 33};

  private MatchCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "receive-takes-only-what-matches",
            SECTION,
            "A receive takes a message whose match info under its mask is its own, and no other.",
            MatchCases::onlyWhatMatches),
        each(
            "mask-0-takes-anything",
            SECTION,
            "A receive with mask 0 takes the next message whatever its match info.",
            MatchCases::maskZeroTakesAnything),
        ConformanceCase.of(
            "match-info-outside-mask-is-bad-match-mask",
            "MX API 1.4",
            "Match info with bits outside its mask is refused with BAD_MATCH_MASK.",
            Paths.ONCE,
            MatchCases::badMask),
        each(
            "posted-receives-are-searched-in-order",
            SECTION,
            "Of several receives that match, the one posted first takes the message.",
            MatchCases::postedInOrder),
        each(
            "wildcard-posted-first-wins",
            SECTION,
            "A receive with wildcards posted before an exact one takes the message, and not after.",
            MatchCases::wildcardFirst),
        each(
            "unexpected-messages-are-searched-in-order",
            SECTION,
            "Of several unexpected messages that match, the one that came first is taken.",
            MatchCases::unexpectedInOrder),
        each(
            "later-message-may-be-taken-first",
            RECEIVES,
            "A receive takes an unexpected message from behind others that do not match.",
            MatchCases::fromBehind),
        each(
            "messages-are-matched-in-send-order",
            SECTION,
            "Messages of all classes between one pair are matched in the order they were sent.",
            scene -> sendOrder(scene, true)),
        each(
            "unexpected-messages-keep-send-order",
            SECTION,
            "Messages of all classes that no receive awaited are kept in the order they were sent.",
            scene -> sendOrder(scene, false)),
        ConformanceCase.of(
            "source-tells-senders-apart",
            "MX API 1.6",
            "A receive that takes messages of any sender tells whose each was.",
            Paths.TO_OTHERS,
            MatchCases::sourceTellsApart),
        each(
            "receive-does-not-time-out",
            RECEIVES,
            "A receive that nothing matches stays pending.",
            MatchCases::receiveStaysPending));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static Request masked(Scene scene, MemorySegment memory, long info, long mask) {
    Request request = scene.b().newRequest();
    scene.b().irecv(memory, info, mask, request);
    return request;
  }

  private static Status receives(Scene scene, Request receive) {
    return scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive that matches");
  }

  private static void onlyWhatMatches(Scene scene) {
    Request exact = masked(scene, scene.memory(8), 0x12, -1);
    Request high = masked(scene, scene.memory(8), 0x7L << 60, 0xFL << 60);
    Request low = masked(scene, scene.memory(8), 0x5, 0xF);
    for (long info : new long[] {0x10, 0x13, 0x32, 0x6L << 60, 0x16, 0x24, 0x1000_0012}) {
      scene.a().isend(scene.message(8, 0), scene.toB(), info, null);
    }
    scene.fence();
    Scene.pending(scene.b(), exact, "an exact receive that nothing matches");
    Scene.pending(scene.b(), high, "a receive for the highest bits that nothing matches");
    Scene.pending(scene.b(), low, "a receive for the lowest bits that nothing matches");
    for (long info : new long[] {0x12, 0x7L << 60 | 0x9, 0xA5}) {
      scene.a().isend(scene.message(8, info), scene.toB(), info, null);
    }
    equal(0x12L, receives(scene, exact).matchInfo(), "match info that the exact one took");
    equal(0x7L << 60 | 0x9, receives(scene, high).matchInfo(), "that for the highest bits");
    equal(0xA5L, receives(scene, low).matchInfo(), "that for the lowest bits");
  }

  private static void maskZeroTakesAnything(Scene scene) {
    for (long info : new long[] {0, -1, 0x8000_0000_0000_0001L}) {
      Request receive = masked(scene, scene.memory(8), 0, 0);
      scene.a().isend(scene.message(8, info), scene.toB(), info, null);
      equal(info, receives(scene, receive).matchInfo(), "match info of what was taken");
    }
  }

  private static void badMask(Scene scene) {
    Endpoint a = scene.a();
    MemorySegment memory = scene.memory(8);
    refused(
        ReturnCode.BAD_MATCH_MASK,
        () -> a.irecv(memory, 1, 0, a.newRequest()),
        "a receive with match info 1 under mask 0");
    refused(
        ReturnCode.BAD_MATCH_MASK,
        () -> a.irecv(List.of(memory), Long.MIN_VALUE, Long.MAX_VALUE, a.newRequest()),
        "a receive with the highest bit alone outside the mask");
    refused(
        ReturnCode.BAD_MATCH_MASK,
        () -> a.testAny(3, 1, new Status()),
        "a testAny with match info outside the mask");
  }

  private static void postedInOrder(Scene scene) {
    int count = 5;
    var receives = new ArrayList<Request>();
    var targets = new ArrayList<MemorySegment>();
    for (int i = 0; i < count; i++) {
      targets.add(scene.memory(8));
      receives.add(Scene.receive(scene.b(), targets.get(i), 7));
    }
    for (int i = 0; i < count; i++) {
      scene.a().isend(scene.message(8, i), scene.toB(), 7, null);
    }
    for (int i = 0; i < count; i++) {
      receives(scene, receives.get(i));
      Contents.verify(targets.get(i), i);
    }
  }

  private static void wildcardFirst(Scene scene) {
    MemorySegment wild = scene.memory(8);
    MemorySegment exact = scene.memory(8);
    Request wildFirst = masked(scene, wild, 0, 0);
    Request exactSecond = masked(scene, exact, 7, -1);
    scene.a().isend(scene.message(8, 1), scene.toB(), 7, null);
    scene.a().isend(scene.message(8, 2), scene.toB(), 7, null);
    receives(scene, wildFirst);
    receives(scene, exactSecond);
    Contents.verify(wild, 1);
    Contents.verify(exact, 2);

    Request exactFirst = masked(scene, exact, 7, -1);
    Request wildSecond = masked(scene, wild, 0, 0);
    scene.a().isend(scene.message(8, 3), scene.toB(), 7, null);
    scene.a().isend(scene.message(8, 4), scene.toB(), 7, null);
    receives(scene, exactFirst);
    receives(scene, wildSecond);
    Contents.verify(exact, 3);
    Contents.verify(wild, 4);
  }

  private static void unexpectedInOrder(Scene scene) {
    int count = 5;
    for (int i = 0; i < count; i++) {
      scene.a().isend(scene.message(8, i), scene.toB(), 0x70 + i, null);
    }
    scene.fence();
    for (int i = 0; i < count; i++) {
      MemorySegment target = scene.memory(8);
      Request receive = masked(scene, target, 0x70, 0xF0);
      equal(0x70L + i, receives(scene, receive).matchInfo(), "match info of the oldest");
      Contents.verify(target, i);
    }
  }

  private static void fromBehind(Scene scene) {
    for (int i = 0; i < 3; i++) {
      scene.a().isend(scene.message(100, i), scene.toB(), i, null);
    }
    scene.fence();
    for (int i = 2; i >= 0; i--) {
      MemorySegment target = scene.memory(100);
      receives(scene, Scene.receive(scene.b(), target, i));
      Contents.verify(target, i);
    }
  }

  private static void sendOrder(Scene scene, boolean posted) {
    var sends = new ArrayList<Request>();
    var receives = new ArrayList<Request>();
    var targets = new ArrayList<MemorySegment>();
    if (posted) {
      post(scene, receives, targets);
    }
    for (int i = 0; i < MIX.length; i++) {
      sends.add(Scene.send(scene.a(), scene.message(MIX[i], i), scene.toB(), 7));
    }
    if (!posted) {
      scene.fence();
      post(scene, receives, targets);
    }
    for (int i = 0; i < MIX.length; i++) {
      Status status = receives(scene, receives.get(i));
      equal((long) MIX[i], status.messageLength(), "length of message %d in order".formatted(i));
      Contents.verify(targets.get(i).asSlice(0, MIX[i]), i);
    }
    for (Request send : sends) {
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send");
    }
  }

  private static void post(Scene scene, List<Request> receives, List<MemorySegment> targets) {
    for (int i = 0; i < MIX.length; i++) {
      targets.add(scene.memory(70_000));
      receives.add(Scene.receive(scene.b(), targets.get(i), 7));
    }
  }

  private static void sourceTellsApart(Scene scene) {
    Endpoint other = scene.openNear(Scene.options());
    EndpointAddress fromOther = scene.connect(other, scene.b());
    Request first = masked(scene, scene.memory(8), 0, 0);
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    Status ofA = receives(scene, first);
    equal(scene.a().id(), ofA.source().endpointId(), "endpoint id of the first sender");
    Request second = masked(scene, scene.memory(8), 0, 0);
    other.isend(scene.message(8, 2), fromOther, 1, null);
    Status ofOther = receives(scene, second);
    equal(other.id(), ofOther.source().endpointId(), "endpoint id of the second sender");
  }

  private static void receiveStaysPending(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    for (int i = 0; i < 20; i++) {
      scene.a().isend(scene.message(8, i), scene.toB(), 2, null);
      scene.fence();
    }
    Scene.pending(scene.b(), receive, "a receive that nothing matched");
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    receives(scene, receive);
  }
}
