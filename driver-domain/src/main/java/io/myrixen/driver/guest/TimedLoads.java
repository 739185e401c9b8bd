package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;

/**
 * Loads between two guests, for as long as a budget says. One drives and measures, the other one
 * serves until a message says that it is the last. Memory is registered, and receives are posted
 * before their messages come.
 */
final class TimedLoads {

  /** Marks the last message of a load, in the index of its tag. */
  private static final int LAST = 1;

  private static final long EITHER = ~(long) LAST;

  /** Longer than any budget and than the time after which a silent partner is given up. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** What an echo must bring back. */
  private static final long SEED = 0x6265_6e63_68L;

  private final Endpoint endpoint;
  private final Samples samples = new Samples();
  private final Status status = new Status();
  private final MemorySegment memory;
  private final Request single;
  private final Request[] requests = new Request[Load.MOST_BUFFERS];
  private MemorySegment[] buffers = {};

  /** Uses {@code memory}, in which all buffers of a load must have room. */
  TimedLoads(Endpoint endpoint, MemorySegment memory) {
    this.endpoint = endpoint;
    this.memory = memory;
    this.single = endpoint.newRequest();
    Arrays.setAll(requests, _ -> endpoint.newRequest());
  }

  /** Drives {@code load} and answers what it measured. */
  Line drive(Load load, long budgetNs, Stream.Pair pair) {
    prepare(load);
    samples.begin(budgetNs);
    switch (load.kind()) {
      case ECHO -> driveEcho(pair);
      case STREAM -> driveStream(load, pair);
    }
    return samples.line();
  }

  /** The other side of {@link #drive}. */
  void serve(Load load, Stream.Pair pair) {
    prepare(load);
    switch (load.kind()) {
      case ECHO -> serveEcho(pair);
      case STREAM -> serveStream(load, pair);
    }
  }

  private void prepare(Load load) {
    buffers = new MemorySegment[load.buffers()];
    Arrays.setAll(buffers, i -> memory.asSlice(load.offset(i), load.bytes()));
  }

  private void driveEcho(Stream.Pair pair) {
    Pattern.fill(buffers[0], SEED);
    int at = 0;
    boolean last;
    do {
      endpoint.irecv(
          buffers[1 - at], Tag.of(Tag.PONG, 0, pair.other(), 0), Mx.MATCH_EXACT, requests[0]);
      long startNs = System.nanoTime();
      last = samples.endsAfter(startNs);
      endpoint.isend(
          buffers[at], pair.peer(), Tag.of(Tag.PING, 0, pair.self(), last ? LAST : 0), requests[1]);
      take(requests[0]);
      samples.add(startNs, System.nanoTime());
      take(requests[1]);
      at = 1 - at;
    } while (!last);
    if (!Pattern.matches(buffers[at], SEED)) {
      throw new MxException(ReturnCode.FAILURE, "an echo brought back something else");
    }
  }

  private void serveEcho(Stream.Pair pair) {
    long tag = Tag.of(Tag.PING, 0, pair.other(), 0);
    int at = 0;
    boolean last;
    endpoint.irecv(buffers[at], tag, EITHER, requests[at]);
    do {
      take(requests[at]);
      last = wasLast();
      if (!last) {
        endpoint.irecv(buffers[1 - at], tag, EITHER, requests[1 - at]);
      }
      endpoint.isend(buffers[at], pair.peer(), Tag.of(Tag.PONG, 0, pair.self(), 0), single);
      take(single);
      at = 1 - at;
    } while (!last);
  }

  private void driveStream(Load load, Stream.Pair pair) {
    int window = load.window();
    int mask = buffers.length - 1;
    boolean last;
    do {
      endpoint.irecv(
          MemorySegment.NULL, Tag.of(Tag.PONG, 1, pair.other(), 0), Mx.MATCH_EXACT, single);
      long startNs = System.nanoTime();
      last = samples.endsAfter(startNs);
      for (int i = 0; i < window; i++) {
        if (i > mask) {
          take(requests[i & mask]);
        }
        buffers[i & mask].fill((byte) i);
        int flag = last && i == window - 1 ? LAST : 0;
        endpoint.isend(
            buffers[i & mask],
            pair.peer(),
            Tag.of(Tag.STREAM, 0, pair.self(), flag),
            requests[i & mask]);
      }
      for (int i = 0; i <= mask; i++) {
        take(requests[i]);
      }
      take(single);
      samples.add(startNs, System.nanoTime());
    } while (!last);
  }

  private void serveStream(Load load, Stream.Pair pair) {
    long tag = Tag.of(Tag.STREAM, 0, pair.other(), 0);
    int window = load.window();
    int mask = buffers.length - 1;
    boolean last;
    postAll(tag);
    do {
      for (int i = 0; i < window; i++) {
        take(requests[i & mask]);
        if (i + buffers.length < window) {
          endpoint.irecv(buffers[i & mask], tag, EITHER, requests[i & mask]);
        }
      }
      last = wasLast();
      if (!last) {
        postAll(tag);
      }
      endpoint.isend(MemorySegment.NULL, pair.peer(), Tag.of(Tag.PONG, 1, pair.self(), 0), single);
      take(single);
    } while (!last);
  }

  private void postAll(long tag) {
    for (int i = 0; i < buffers.length; i++) {
      endpoint.irecv(buffers[i], tag, EITHER, requests[i]);
    }
  }

  /** Whether the message just taken is the last one. */
  private boolean wasLast() {
    return (status.matchInfo() & LAST) != 0;
  }

  private void take(Request request) {
    if (!endpoint.await(request, LIMIT, status)) {
      throw new MxException(ReturnCode.TIMEOUT, "the other guest is silent or dead");
    }
    if (!status.ok()) {
      throw new MxException(ReturnCode.FAILURE, "the request ended with " + status);
    }
  }
}
