package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;

import io.myrixen.conformance.kit.CaseFailure;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Contents;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Messages in several pieces of memory. */
final class SegmentCases {

  /** Bytes between the pieces that nobody may touch. */
  private static final int GUARD_BYTES = 16;

  private static final byte GUARD = 0x6B;

  /** Ten pieces, some of no bytes: sums from 7 bytes up into the large class. */
  private static final int[] LAYOUT = {7, 0, 1, 128, 0, 4_096, 3_000, 33, 33_000, 0};

  private SegmentCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "no-segments-are-an-empty-message",
            "MX API 1.7",
            "A message of no segments is valid and empty, and so is a receive.",
            Paths.EACH,
            SegmentCases::noSegments),
        ConformanceCase.of(
            "empty-segments-may-stand-anywhere",
            "MX API 1.7",
            "Segments of no bytes are legal at any place.",
            Paths.EACH,
            SegmentCases::emptySegments),
        ConformanceCase.of(
            "256-segments-are-taken",
            "MX API 1.7",
            "A message may consist of 256 segments, on either side.",
            Paths.EACH,
            SegmentCases::mostSegments),
        ConformanceCase.of(
            "257-segments-are-bad-seg-cnt",
            "MX API 1.4",
            "More than 256 segments are refused with BAD_SEG_CNT.",
            Paths.ONCE,
            SegmentCases::tooManySegments),
        ConformanceCase.of(
            "segments-gather-and-scatter",
            "Open-MX test vect",
            "Every sub-range of ten pieces goes to one piece and back, guards untouched.",
            Paths.EACH,
            SegmentCases::gatherAndScatter));
  }

  private static void noSegments(Scene scene) {
    Request receive = scene.b().newRequest();
    scene.b().irecv(List.of(), 1, Mx.MATCH_EXACT, receive);
    Request send = scene.a().newRequest();
    scene.a().isend(List.of(), scene.toB(), 1, send);
    Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive of no segments");
    equal(0L, status.messageLength(), "message length");
    scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send of no segments");

    Request synchronous = scene.a().newRequest();
    scene.a().issend(List.of(), scene.toB(), 2, synchronous);
    Request target = Scene.receive(scene.b(), scene.memory(8), 2);
    scene.ends(scene.b(), target, StatusCode.SUCCESS, "a receive of nothing");
    scene.ends(scene.a(), synchronous, StatusCode.SUCCESS, "an issend of no segments");
  }

  private static void emptySegments(Scene scene) {
    MemorySegment empty = scene.memory(0);
    for (int length : Lengths.MIXED) {
      MemorySegment memory = scene.message(length, length);
      MemorySegment target = scene.memory(length);
      int cut = length / 3;
      Request receive = scene.b().newRequest();
      scene
          .b()
          .irecv(
              List.of(target.asSlice(0, cut), empty, empty, target.asSlice(cut)),
              1,
              Mx.MATCH_EXACT,
              receive);
      Request send = scene.a().newRequest();
      scene.a().isend(List.of(empty, memory, empty), scene.toB(), 1, send);
      Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
      equal((long) length, status.transferLength(), "transfer length");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
      Contents.verify(target, length);
    }
  }

  private static void mostSegments(Scene scene) {
    for (int each : new int[] {1, 100, 300}) {
      int length = each * Mx.MAX_SEGMENTS;
      MemorySegment target = scene.memory(length);
      Request receive = scene.b().newRequest();
      scene.b().irecv(cut(target, each), 1, Mx.MATCH_EXACT, receive);
      Request send = scene.a().newRequest();
      scene.a().isend(cut(scene.message(length, each), each), scene.toB(), 1, send);
      scene.ends(scene.b(), receive, StatusCode.SUCCESS, "a receive of 256 segments");
      scene.ends(scene.a(), send, StatusCode.SUCCESS, "a send of 256 segments");
      Contents.verify(target, each);
    }
  }

  private static List<MemorySegment> cut(MemorySegment memory, int each) {
    var segments = new ArrayList<MemorySegment>();
    for (long offset = 0; offset < memory.byteSize(); offset += each) {
      segments.add(memory.asSlice(offset, each));
    }
    return segments;
  }

  private static void tooManySegments(Scene scene) {
    List<MemorySegment> many = Collections.nCopies(Mx.MAX_SEGMENTS + 1, scene.memory(1));
    refused(
        ReturnCode.BAD_SEG_CNT,
        () -> scene.a().isend(many, scene.toB(), 1, scene.a().newRequest()),
        "a send of 257 segments");
    refused(
        ReturnCode.BAD_SEG_CNT,
        () -> scene.a().issend(many, scene.toB(), 1, scene.a().newRequest()),
        "an issend of 257 segments");
    refused(
        ReturnCode.BAD_SEG_CNT,
        () -> scene.a().irecv(many, 1, Mx.MATCH_EXACT, scene.a().newRequest()),
        "a receive of 257 segments");
  }

  private static void gatherAndScatter(Scene scene) {
    for (int first = 0; first < LAYOUT.length; first++) {
      for (int end = first + 1; end <= LAYOUT.length; end++) {
        transfer(scene, first, end, true, false);
        transfer(scene, first, end, false, true);
      }
      transfer(scene, first, LAYOUT.length, true, true);
    }
  }

  private static void transfer(Scene scene, int first, int end, boolean gather, boolean scatter) {
    Pieces pieces = Pieces.of(first, end);
    Pieces targets = Pieces.of(first, end);
    int length = pieces.length();
    MemorySegment plain = scene.message(length, first);
    MemorySegment target = scene.memory(length);
    pieces.fill(first);
    Request receive = scene.b().newRequest();
    scene.b().irecv(scatter ? targets.segments : List.of(target), 1, Mx.MATCH_EXACT, receive);
    Request send = scene.a().newRequest();
    scene.a().isend(gather ? pieces.segments : List.of(plain), scene.toB(), 1, send);
    Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    equal((long) length, status.transferLength(), "transfer length");
    scene.ends(scene.a(), send, StatusCode.SUCCESS, "the send");
    if (scatter) {
      targets.verify(first);
    } else {
      Contents.verify(target, first);
    }
  }

  /** Pieces of one memory with guards between them. */
  private record Pieces(MemorySegment memory, List<MemorySegment> segments) {

    static Pieces of(int first, int end) {
      int bytes = GUARD_BYTES;
      for (int i = first; i < end; i++) {
        bytes += LAYOUT[i] + GUARD_BYTES;
      }
      MemorySegment memory = MemorySegment.ofArray(new byte[bytes]);
      memory.fill(GUARD);
      var segments = new ArrayList<MemorySegment>();
      long offset = GUARD_BYTES;
      for (int i = first; i < end; i++) {
        segments.add(memory.asSlice(offset, LAYOUT[i]));
        offset += LAYOUT[i] + GUARD_BYTES;
      }
      return new Pieces(memory, segments);
    }

    int length() {
      return (int) segments.stream().mapToLong(MemorySegment::byteSize).sum();
    }

    void fill(long seed) {
      long offset = 0;
      for (MemorySegment segment : segments) {
        Contents.fill(segment, seed, offset);
        offset += segment.byteSize();
      }
    }

    void verify(long seed) {
      long offset = 0;
      long guard = 0;
      for (MemorySegment segment : segments) {
        Contents.verify(segment, seed, offset);
        offset += segment.byteSize();
        verifyGuard(guard);
        guard += GUARD_BYTES + segment.byteSize();
      }
      verifyGuard(guard);
    }

    private void verifyGuard(long offset) {
      for (int i = 0; i < GUARD_BYTES; i++) {
        if (memory.get(ValueLayout.JAVA_BYTE, offset + i) != GUARD) {
          throw new CaseFailure("a byte between two segments of the receive was written");
        }
      }
    }
  }
}
