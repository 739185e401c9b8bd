package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/** Bits of match info that select queues of their own. */
final class ContextIdCases {

  private static final String SECTION = "MX API 1.8.3";

  /** The one bit that names a context here, as in MX's own test. */
  private static final long CONTEXT = 1L << 41;

  /** Long enough to notice that it is kept, short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(5);

  private ContextIdCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        each(
            "receive-over-contexts-is-refused",
            SECTION,
            "A receive whose mask leaves a bit of the context id open is refused with "
                + "BAD_MATCHING_FOR_CONTEXT_ID_MASK.",
            ContextIdCases::overContexts),
        each(
            "wait-any-sees-one-context",
            "MX test wait_any",
            "A wait for any that names a context sees what ends there, and nothing else.",
            ContextIdCases::waitAnySeesOne),
        each(
            "any-over-contexts-sees-all",
            "MX defects 3.11",
            "Any with a mask that leaves the context open sees what ended in every context.",
            ContextIdCases::anyOverContexts),
        each(
            "probe-over-contexts-sees-all",
            "MX defects 3.11",
            "A probe with a mask that leaves the context open sees messages of every context, the "
                + "oldest first.",
            ContextIdCases::probeOverContexts),
        each(
            "probe-finds-what-its-mask-says-in-contexts",
            "Open-MX test unexp",
            "With ten bits of context id a probe finds by match info and mask as without.",
            ContextIdCases::probeInContexts),
        each(
            "context-id-may-be-the-highest-bits",
            SECTION,
            "A context id of 16 bits may stand at the top of match info.",
            ContextIdCases::highestBits),
        each(
            "context-id-of-no-bits-changes-nothing",
            SECTION,
            "A context id of no bits leaves every mask allowed.",
            ContextIdCases::noBits));
  }

  private static ConformanceCase each(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.EACH, body);
  }

  private static EndpointOptions oneBit() {
    return Scene.options().withContextId(1, 41);
  }

  private static void overContexts(Scene scene) {
    scene.openBoth(oneBit());
    Request request = scene.b().newRequest();
    for (long mask : new long[] {0, 0xFFFF, ~CONTEXT}) {
      refused(
          ReturnCode.BAD_MATCHING_FOR_CONTEXT_ID_MASK,
          () -> scene.b().irecv(scene.memory(8), 0, mask, request),
          "a receive with mask %#x".formatted(mask));
    }
    scene.b().irecv(scene.memory(8), 0, CONTEXT, request);
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    scene.ends(scene.b(), request, StatusCode.SUCCESS, "a receive within one context");
  }

  private static void waitAnySeesOne(Scene scene) {
    scene.openBoth(oneBit());
    var status = new Status();
    for (int length : new int[] {0, 64, 4_096, 131_072}) {
      for (long context : new long[] {0, CONTEXT}) {
        MemorySegment target = scene.memory(length);
        Scene.receive(scene.b(), target, context | 7);
        Request send =
            Scene.send(scene.a(), scene.message(length, length), scene.toB(), context | 7);
        scene.fence();
        long other = context ^ CONTEXT;
        that(
            !scene.b().awaitAny(other, CONTEXT, SHORT, status),
            "a wait in one context sees the other");
        scene.until(
            scene.b(),
            () -> scene.b().awaitAny(context | 7, -1, SHORT, status),
            "the end of a receive in its context");
        equal(context | 7, status.matchInfo(), "match info");
        Contents.verify(target, length);
        if (send.pending()) {
          scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
        }
      }
    }
  }

  private static void anyOverContexts(Scene scene) {
    scene.openBoth(oneBit());
    Scene.receive(scene.b(), scene.memory(8), CONTEXT | 5);
    Scene.receive(scene.b(), scene.memory(8), 6);
    scene.a().isend(scene.message(8, 1), scene.toB(), CONTEXT | 5, null);
    scene.a().isend(scene.message(8, 1), scene.toB(), 6, null);
    scene.fence();
    var status = new Status();
    that(scene.b().testAny(5, 0xF, status), "any over contexts does not see context 1");
    equal(CONTEXT | 5, status.matchInfo(), "match info");
    that(scene.b().testAny(0, 0, status), "any over contexts does not see context 0");
    equal(6L, status.matchInfo(), "match info");
    that(!scene.b().testAny(0, 0, status), "any over contexts sees more than there is");
  }

  private static void probeOverContexts(Scene scene) {
    scene.openBoth(oneBit());
    scene.toB();
    for (long info : new long[] {CONTEXT | 5, 6, CONTEXT | 7}) {
      scene.a().isend(scene.message(8, info), scene.toB(), info, null);
    }
    scene.fence();
    var status = new Status();
    for (long info : new long[] {CONTEXT | 5, 6, CONTEXT | 7}) {
      that(scene.b().iprobe(0, 0, status), "a probe over contexts sees nothing");
      equal(info, status.matchInfo(), "match info of the oldest");
      that(scene.b().probe(info & 0xF, 0xF, SHORT, status), "a waiting probe sees nothing");
      Request receive = Scene.receive(scene.b(), scene.memory(8), info);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    }
  }

  private static void probeInContexts(Scene scene) {
    long contexts = 0x3FFL << 10;
    long info = 0x1234_5678_9ABC_DEF0L;
    scene.openBoth(Scene.options().withContextId(10, 10));
    scene.a().isend(scene.message(8, 1), scene.toB(), info, null);
    scene.fence();
    var status = new Status();
    that(scene.b().iprobe(info, -1, status), "a probe does not find what was sent");
    that(!scene.b().iprobe(info ^ 1, -1, status), "a probe finds another match info");
    that(!scene.b().iprobe(info ^ 1 << 10, -1, status), "a probe finds another context");
    that(scene.b().iprobe(info & 0xFFFF, 0xFFFF, status), "a probe over contexts finds nothing");
    Request receive = scene.b().newRequest();
    scene.b().irecv(scene.memory(8), info & contexts, contexts, receive);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive within the context");
    that(!scene.b().iprobe(0, 0, status), "a probe finds what was received");
  }

  private static void highestBits(Scene scene) {
    scene.openBoth(Scene.options().withContextId(16, 48));
    long[] contexts = {0xFFFFL << 48, 0x8000L << 48, 1L << 48, 0};
    for (long context : contexts) {
      scene.a().isend(scene.message(8, context), scene.toB(), context | 3, null);
    }
    scene.fence();
    for (int i = contexts.length - 1; i >= 0; i--) {
      MemorySegment target = scene.memory(8);
      Request receive = scene.b().newRequest();
      scene.b().irecv(target, contexts[i], 0xFFFFL << 48, receive);
      Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      equal(contexts[i] | 3, status.matchInfo(), "match info");
      Contents.verify(target, contexts[i]);
    }
  }

  private static void noBits(Scene scene) {
    scene.openBoth(Scene.options().withContextId(0, 0));
    Request receive = scene.b().newRequest();
    scene.b().irecv(scene.memory(8), 0, 0, receive);
    scene.a().isend(scene.message(8, 1), scene.toB(), Mx.MATCH_EXACT, null);
    scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive of anything");
  }
}
