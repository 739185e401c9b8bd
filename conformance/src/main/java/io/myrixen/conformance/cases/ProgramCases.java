package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What whole test programs of MX's and Open-MX's do, as far as no other case does it. */
final class ProgramCases {

  private static final long SEED = 41;

  private ProgramCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "messages-bounce",
            "MX test pingpong",
            "A parameter message and then messages of all sizes bounce, contents verified.",
            Paths.EACH,
            ProgramCases::pingpong),
        ConformanceCase.of(
            "messages-stream",
            "MX test stream",
            "With eight sends and eight receives in flight every message comes once, in order.",
            Paths.EACH,
            ProgramCases::stream),
        ConformanceCase.of(
            "messages-of-any-alignment",
            "MX test msg_loop",
            "Messages up to 100,000 bytes arrive whatever the alignment of source and target, "
                + "and nothing around them is touched.",
            Paths.EACH,
            ProgramCases::alignments),
        ConformanceCase.of(
            "many-messages-in-flight",
            "Open-MX test many",
            "Hundreds of messages of six lengths at once end one by one through any.",
            Paths.EACH,
            ProgramCases::many),
        ConformanceCase.of(
            "endpoints-connect-crosswise",
            "Open-MX test rails",
            "Three endpoints on each side connect to each other and send synchronously.",
            Paths.TO_OTHERS,
            ProgramCases::rails),
        ConformanceCase.of(
            "memory-is-read-when-sent",
            "Open-MX test rcache",
            "Large messages from overlapping, shifted and rewritten memory, registered or not, "
                + "have what stood there.",
            Paths.EACH,
            ProgramCases::overlapping));
  }

  private static void pingpong(Scene scene) {
    bounce(scene, 16, 0x0000_2222_1111_0000L);
    for (int length = 1; length <= 300_000; length = length * 5 / 2 + 1) {
      bounce(scene, length, length);
    }
  }

  private static void bounce(Scene scene, int length, long info) {
    move(scene, scene.a(), scene.toB(), scene.b(), length, info);
    move(scene, scene.b(), scene.toA(), scene.a(), length, info);
  }

  private static void move(
      Scene scene, Endpoint from, EndpointAddress address, Endpoint to, int length, long info) {
    MemorySegment target = scene.memory(length);
    Request receive = Scene.receive(to, target, info);
    Request send = Scene.send(from, scene.message(length, info), address, info);
    scene.ends(to, receive, StatusCode.SUCCESS, "a receive of %d".formatted(length));
    scene.ends(from, send, StatusCode.SUCCESS, "a send of %d".formatted(length));
    Contents.verify(target, info);
  }

  private static void stream(Scene scene) {
    int window = 8;
    int count = 200;
    long info = 1L << 31;
    var sends = new ArrayDeque<Request>();
    var receives = new ArrayDeque<Request>();
    var targets = new ArrayDeque<MemorySegment>();
    for (int i = 0; i < count + window; i++) {
      if (i < count) {
        MemorySegment target = scene.memory(40_000);
        targets.add(target);
        receives.add(Scene.receive(scene.b(), target, info));
        int length = i % 10 == 0 ? 40_000 : 1_000;
        sends.add(Scene.send(scene.a(), scene.message(length, i), scene.toB(), info));
      }
      if (i >= window) {
        Status status =
            scene.ends(scene.b(), receives.remove(), StatusCode.SUCCESS, "receive %d".formatted(i));
        MemorySegment target = targets.remove();
        Contents.verify(target.asSlice(0, status.transferLength()), i - window);
        scene.ends(scene.a(), sends.remove(), StatusCode.SUCCESS, "send %d".formatted(i));
      }
    }
    scene.fence();
    that(!scene.b().iprobe(info, -1, new Status()), "a message has come twice");
  }

  private static void alignments(Scene scene) {
    int guard = 128;
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 60; i++) {
      int length = random.nextInt(i % 3 == 0 ? 100_001 : 5_000);
      MemorySegment source = scene.memory(length + guard).asSlice(random.nextInt(guard), length);
      Contents.fill(source, i);
      MemorySegment around = scene.memory(length + 3L * guard);
      int offset = guard + random.nextInt(guard);
      Request receive = Scene.receive(scene.b(), around.asSlice(offset, length), 6);
      Request send = Scene.send(scene.a(), source, scene.toB(), 6);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive of %d".formatted(length));
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send of %d".formatted(length));
      Contents.verify(around.asSlice(offset, length), i);
      untouched(around.asSlice(0, offset));
      untouched(around.asSlice(offset + length));
    }
  }

  private static void untouched(MemorySegment memory) {
    long written = memory.mismatch(MemorySegment.ofArray(new byte[(int) memory.byteSize()]));
    equal(-1L, written, "first byte written around a receive's memory");
  }

  private static void many(Scene scene) {
    int[] lengths = {0, 16, 100, 4_000, 20_000, 40_000};
    int ofEach = 60;
    int count = ofEach * lengths.length;
    for (int i = 0; i < count; i++) {
      int length = lengths[i % lengths.length];
      scene.b().irecv(scene.memory(length), i, Mx.MATCH_EXACT, scene.b().newRequest());
    }
    for (int i = 0; i < count; i++) {
      int length = lengths[i % lengths.length];
      scene.a().isend(scene.message(length, i), scene.toB(), i, scene.a().newRequest());
    }
    int expected = scene.self() ? 2 * count : count;
    var seen = new int[count];
    var status = new Status();
    for (int i = 0; i < expected; i++) {
      scene.until(scene.b(), () -> scene.b().testAny(0, 0, status), "the end of one of many");
      equal(StatusCode.SUCCESS, status.code(), "status");
      seen[(int) status.matchInfo()]++;
    }
    for (int times : seen) {
      equal(expected / count, times, "times that a match info was reported");
    }
  }

  private static void rails(Scene scene) {
    var near = new ArrayList<Endpoint>();
    var far = new ArrayList<Endpoint>();
    for (int i = 0; i < 3; i++) {
      near.add(scene.open(scene.near(), Mx.ANY_NIC, Mx.ANY_ENDPOINT, Scene.KEY, Scene.options()));
      far.add(scene.open(scene.far(), Mx.ANY_NIC, Mx.ANY_ENDPOINT, Scene.KEY, Scene.options()));
    }
    for (Endpoint one : near) {
      for (Endpoint other : far) {
        sendSync(scene, one, other);
        sendSync(scene, other, one);
      }
    }
  }

  private static void sendSync(Scene scene, Endpoint from, Endpoint to) {
    EndpointAddress address = scene.connect(from, to);
    Request send = Scene.sendSync(from, scene.message(64, from.id()), address, 8);
    MemorySegment target = scene.memory(64);
    Request receive = Scene.receive(to, target, 8);
    Status status = scene.ends(to, receive, StatusCode.SUCCESS, "a receive crosswise");
    equal(from.id(), status.source().endpointId(), "endpoint id of the source");
    equal(from.board().nicId(), status.source().nicId(), "NIC id of the source");
    scene.ends(from, send, StatusCode.SUCCESS, "a send crosswise");
    Contents.verify(target, from.id());
  }

  private static void overlapping(Scene scene) {
    int length = 70_000;
    int shift = 4_096 + 3;
    MemorySegment source = scene.memory(length + 4L * shift);
    MemorySegment registered = scene.a().allocate(length + 4L * shift);
    List<MemorySegment> memories = List.of(source, registered);
    for (int i = 0; i < 10; i++) {
      MemorySegment slice = memories.get(i % 2).asSlice((long) (i % 4) * shift, length);
      Contents.fill(slice, i);
      MemorySegment target = i % 3 == 0 ? scene.b().allocate(length) : scene.memory(length);
      Request receive = Scene.receive(scene.b(), target, 6);
      Request send = Scene.send(scene.a(), slice, scene.toB(), 6);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive of overlapping memory");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send of overlapping memory");
      Contents.verify(target, i);
      if (i % 3 == 0) {
        scene.b().free(target);
      }
    }
    scene.a().free(registered);
  }
}
