package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;

import io.myrixen.conformance.kit.CaseFailure;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Messages of every class arrive as they were sent, whether they are expected or not. */
final class ContentCases {

  /** Bytes behind each target that nobody may touch. */
  private static final int GUARD_BYTES = 64;

  private ContentCases() {}

  static List<ConformanceCase> cases() {
    var cases = new ArrayList<ConformanceCase>();
    add(cases, "tiny", Lengths.TINY);
    add(cases, "small", Lengths.SMALL);
    add(cases, "medium", Lengths.MEDIUM);
    add(cases, "large", Lengths.LARGE);
    return cases;
  }

  private static void add(List<ConformanceCase> cases, String name, int... lengths) {
    cases.add(
        ConformanceCase.of(
            name + "-arrives-intact-when-expected",
            "MX API 1.8.4",
            "A %s message arrives byte for byte in a receive posted before.".formatted(name),
            Paths.EACH,
            scene -> expected(scene, lengths)));
    cases.add(
        ConformanceCase.of(
            name + "-arrives-intact-when-unexpected",
            "MX API 1.8.5",
            "A %s message that arrived before its receive is kept byte for byte.".formatted(name),
            Paths.EACH,
            scene -> unexpected(scene, lengths)));
  }

  private static void expected(Scene scene, int... lengths) {
    for (int length : lengths) {
      MemorySegment target = target(scene, length);
      Request receive = Scene.receive(scene.b(), target.asSlice(0, length), length);
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), length);
      verify(scene, send, receive, target, length);
    }
  }

  private static void unexpected(Scene scene, int... lengths) {
    for (int length : lengths) {
      Request send = Scene.send(scene.a(), scene.message(length, length), scene.toB(), length);
      scene.fence();
      MemorySegment target = target(scene, length);
      Request receive = Scene.receive(scene.b(), target.asSlice(0, length), length);
      verify(scene, send, receive, target, length);
    }
  }

  private static MemorySegment target(Scene scene, int length) {
    MemorySegment target = scene.memory(length + GUARD_BYTES);
    target.fill((byte) 0x5A);
    return target;
  }

  private static void verify(
      Scene scene, Request send, Request receive, MemorySegment target, int length) {
    Status received = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    equal((long) length, received.messageLength(), "message length of the receive");
    equal((long) length, received.transferLength(), "transfer length of the receive");
    equal((long) length, received.matchInfo(), "match info of the receive");
    Status sent = scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    equal((long) length, sent.messageLength(), "message length of the send");
    equal((long) length, sent.transferLength(), "transfer length of the send");
    Contents.verify(target.asSlice(0, length), length);
    for (int i = 0; i < GUARD_BYTES; i++) {
      if (target.get(ValueLayout.JAVA_BYTE, length + i) != 0x5A) {
        throw new CaseFailure("byte %d behind the receive's memory was written".formatted(i));
      }
    }
  }
}
