package io.myrixen.driver.guest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A stream of messages of one size from one guest to another, in rounds. Several messages are under
 * way at once, each in a slot of its own on either side. Memory is registered.
 *
 * <pre>
 *   sender      receiver
 *   ROUND  --&gt;              how many messages; none ends the stream
 *          &lt;--  READY       receives are posted
 *   STREAM --&gt;              each message
 *          &lt;--  DONE        the last one has come: here the clock stops
 * </pre>
 *
 * <p>The receiver judges the length of each message as it comes, and after each round every byte of
 * what was received last into each slot. Where the sender rewrites its slot before each message,
 * each message differs from the one before it, and its first and last byte are judged as it comes.
 */
final class Stream {

  /** Messages that may be under way at once. */
  private static final int DEPTH = 16;

  /** Slots together: more of large messages would only pin memory. */
  private static final long SLOTS_BYTES = 16L << 20;

  /** Slots begin at cache lines. */
  private static final int ALIGNMENT = 64;

  /** Share of the wanted time that warming up takes: code is compiled meanwhile. */
  private static final double WARM_UP_SHARE = 0.5;

  /** Share of the wanted time that a round takes whose speed tells how many fill all of it. */
  private static final double PROBE_SHARE = 0.1;

  private static final int PLAN = 0;
  private static final int DATA = 1;
  private static final int READY = 2;
  private static final int DONE = 3;

  private final Endpoint endpoint;
  private final Waiting waiting;
  private final MemorySegment memory;
  private final MemorySegment plan;
  private final Request[] requests = new Request[DEPTH];
  private final Request marker;
  private final Status status = new Status();

  /** Uses {@code memory}, which has {@link #memoryBytes} for the largest message. */
  Stream(Endpoint endpoint, Waiting waiting, MemorySegment memory) {
    this.endpoint = endpoint;
    this.waiting = waiting;
    this.memory = memory;
    this.plan = MemorySegment.ofArray(new byte[Long.BYTES]);
    this.marker = endpoint.newRequest();
    Arrays.setAll(requests, _ -> endpoint.newRequest());
  }

  /** What messages of up to {@code maxBytes} need. */
  static long memoryBytes(long maxBytes) {
    long stride = stride(maxBytes);
    return Math.max(2 * stride, Math.min(DEPTH * stride, SLOTS_BYTES));
  }

  private static long stride(long bytes) {
    return Math.ceilDiv(Math.max(1, bytes), ALIGNMENT) * ALIGNMENT;
  }

  private static int slotCount(int bytes) {
    return Math.clamp(SLOTS_BYTES / stride(bytes), 2, DEPTH);
  }

  private MemorySegment slot(int bytes, long index) {
    return memory.asSlice(index % slotCount(bytes) * stride(bytes), bytes);
  }

  /**
   * Sends a warm-up and then a round whose time is taken.
   *
   * @param fresh whether each message is written anew before it is sent
   * @param count messages of that round, or 0 for as many as take {@code seconds}
   */
  Line send(Pair pair, int bytes, boolean fresh, long count, double seconds) {
    for (int i = 0; i < slotCount(bytes); i++) {
      Pattern.fill(slot(bytes, i), seed(bytes, i));
    }
    long messages = count;
    if (count > 0) {
      double _ = round(pair, bytes, fresh, Math.ceilDiv(count, 4));
    } else {
      messages = DEPTH;
      double took = round(pair, bytes, fresh, messages);
      double spent = took;
      while (took < seconds * PROBE_SHARE || spent < seconds * WARM_UP_SHARE) {
        messages = took < seconds * PROBE_SHARE ? messages * 2 : messages;
        took = round(pair, bytes, fresh, messages);
        spent += took;
      }
      messages = Math.max(1, (long) (messages * seconds / took));
    }
    double took = round(pair, bytes, fresh, messages);
    announce(pair, 0);
    return Line.of("streamsent").with("messages", messages).with("seconds", took);
  }

  private void announce(Pair pair, long messages) {
    plan.set(JAVA_LONG_UNALIGNED, 0, messages);
    endpoint.isend(plan, pair.peer(), pair.tagOut(PLAN), marker);
    waiting.sent(marker, status);
  }

  /** Sends {@code messages} messages. Returns the seconds until the last one had come. */
  private double round(Pair pair, int bytes, boolean fresh, long messages) {
    announce(pair, messages);
    awaitMarker(pair, READY);
    int slots = slotCount(bytes);
    endpoint.irecv(MemorySegment.NULL, pair.tagIn(DONE), Mx.MATCH_EXACT, marker);
    long startNs = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      Request request = requests[(int) (i % slots)];
      if (i >= slots) {
        waiting.sent(request, status);
      }
      MemorySegment slot = slot(bytes, i);
      if (fresh) {
        slot.fill((byte) i);
      }
      endpoint.isend(slot, pair.peer(), pair.tagOut(DATA), request);
    }
    for (long i = Math.max(0, messages - slots); i < messages; i++) {
      waiting.sent(requests[(int) (i % slots)], status);
    }
    waiting.received(marker, pair.other(), status);
    return (System.nanoTime() - startNs) / 1e9;
  }

  private void awaitMarker(Pair pair, int kind) {
    endpoint.irecv(MemorySegment.NULL, pair.tagIn(kind), Mx.MATCH_EXACT, marker);
    waiting.received(marker, pair.other(), status);
  }

  private void raiseMarker(Pair pair, int kind) {
    endpoint.isend(MemorySegment.NULL, pair.peer(), pair.tagOut(kind), marker);
    waiting.sent(marker, status);
  }

  /** The other side of {@link #send}: tells how many messages came, and how many came wrong. */
  Line receive(Pair pair, int bytes, boolean fresh) {
    long received = 0;
    long wrong = 0;
    while (true) {
      endpoint.irecv(plan, pair.tagIn(PLAN), Mx.MATCH_EXACT, marker);
      waiting.received(marker, pair.other(), status);
      long messages = plan.get(JAVA_LONG_UNALIGNED, 0);
      if (messages == 0) {
        return Line.of("streamreceived").with("messages", received).with("wrong", wrong);
      }
      wrong += take(pair, bytes, fresh, messages);
      received += messages;
    }
  }

  private long take(Pair pair, int bytes, boolean fresh, long messages) {
    int slots = slotCount(bytes);
    for (int i = 0; i < slots; i++) {
      slot(bytes, i).fill(Pattern.UNTOUCHED);
    }
    for (long i = 0; i < Math.min(slots, messages); i++) {
      post(pair, bytes, i);
    }
    raiseMarker(pair, READY);
    long wrong = 0;
    for (long i = 0; i < messages; i++) {
      waiting.received(requests[(int) (i % slots)], pair.other(), status);
      if (status.transferLength() != bytes || (fresh && !endsHold(slot(bytes, i), (byte) i))) {
        wrong++;
      }
      if (i + slots < messages) {
        post(pair, bytes, i + slots);
      }
    }
    raiseMarker(pair, DONE);
    for (long i = Math.max(0, messages - slots); i < messages; i++) {
      MemorySegment slot = slot(bytes, i);
      boolean holds =
          fresh
              ? slot.mismatch(MemorySegment.ofArray(filled(bytes, (byte) i))) < 0
              : Pattern.matches(slot, seed(bytes, i % slots));
      wrong += holds ? 0 : 1;
    }
    return wrong;
  }

  private void post(Pair pair, int bytes, long index) {
    Request request = requests[(int) (index % slotCount(bytes))];
    endpoint.irecv(slot(bytes, index), pair.tagIn(DATA), Mx.MATCH_EXACT, request);
  }

  private static boolean endsHold(MemorySegment slot, byte value) {
    long last = slot.byteSize() - 1;
    return last < 0 || (slot.get(JAVA_BYTE, 0) == value && slot.get(JAVA_BYTE, last) == value);
  }

  private static byte[] filled(int bytes, byte value) {
    var content = new byte[bytes];
    Arrays.fill(content, value);
    return content;
  }

  private static long seed(int bytes, long slot) {
    return Pattern.mix(bytes, slot);
  }

  /**
   * Two guests, as one of them sees it.
   *
   * @param peer the other one's address
   * @param self this one's index
   * @param other the other one's index
   */
  record Pair(EndpointAddress peer, int self, int other) {

    private long tagOut(int part) {
      return Tag.of(Tag.STREAM, part, self, 0);
    }

    private long tagIn(int part) {
      return Tag.of(Tag.STREAM, part, other, 0);
    }
  }
}
