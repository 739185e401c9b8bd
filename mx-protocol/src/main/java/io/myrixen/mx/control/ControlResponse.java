package io.myrixen.mx.control;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * The answer to a request.
 *
 * @param requestId as it came
 * @param kindCode as it came, also if there is no such kind
 * @param code MX's return code
 * @param detailCode a {@link Detail}'s number, also one this build does not know
 * @param value what goes with the detail
 * @param result {@link None} unless the code is {@code SUCCESS}
 */
public record ControlResponse(
    int requestId, int kindCode, ReturnCode code, int detailCode, long value, Result result)
    implements ReceivedResponse {

  /** What a request was granted. */
  public sealed interface Result {}

  /** Nothing but the code. */
  public record None() implements Result {}

  /**
   * The board and its limits.
   *
   * @param largest no part of a window's geometry may be larger
   * @param maxEndpoints endpoint ids are below it
   */
  public record Board(long nicId, String hostname, WindowGeometry largest, int maxEndpoints)
      implements Result {}

  /**
   * One board that can be reached.
   *
   * @param nextIndex where to ask on, for the list of peers
   * @param count how many there are in all
   */
  public record Peer(long nicId, String hostname, int nextIndex, int count) implements Result {}

  /** The endpoints that are open. */
  public record Endpoints(BitSet open) implements Result {}

  /** An endpoint was opened. */
  public record Opened(int endpointId, int session, WindowGeometry geometry) implements Result {}

  /** A region was registered. */
  public record Registered(int regionId) implements Result {}

  /** Returns a success that grants {@code result}. */
  public static ControlResponse granted(int requestId, RequestKind kind, Result result) {
    return new ControlResponse(
        requestId, kind.code(), ReturnCode.SUCCESS, Detail.NONE.code(), 0, result);
  }

  /** Returns a refusal that says why. */
  public static ControlResponse refused(
      int requestId, int kindCode, ReturnCode code, Detail detail, long value) {
    return new ControlResponse(requestId, kindCode, code, detail.code(), value, new None());
  }

  /**
   * Copies a response out of shared memory and judges the copy.
   *
   * @return the response, or the first thing wrong with it; never throws on what a peer wrote
   */
  public static ReceivedResponse read(MemorySegment ring, long offset) {
    return ResponseCodec.read(Entry.copyOf(ring, offset));
  }

  /** Writes the response, every byte of the entry that it does not use zero. */
  public void write(MemorySegment ring, long offset) {
    ResponseCodec.encode(this).copyTo(ring, offset);
  }
}
