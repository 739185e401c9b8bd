package io.myrixen.driver.bench.match;

import io.myrixen.driver.guest.Samples;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Our library, in one thread that both sends and receives. An endpoint that sends to itself shows
 * what matching costs and nothing else; one that sends to another has the NIC's thread between.
 */
final class EndpointContender implements MatchContender {

  /** The bits that an MPI library on MX keeps a message's source in, and a wildcard leaves open. */
  private static final int SOURCE_BITS = 16;

  private static final long ANY_SOURCE = -1L << SOURCE_BITS;

  /** Of what is measured; beyond the infos of all that waits. */
  private static final long OWN_INFO = 1L << 62;

  /** Three microseconds: a NIC with a processor of its own has answered by then. */
  private static final int SPINS = 40;

  private static final Duration TURN = Duration.ofMillis(1);

  /** Ten seconds. */
  private static final int TURNS = 10_000;

  private final String label;
  private final Endpoint from;
  private final Endpoint to;
  private final EndpointAddress destination;
  private final boolean toItself;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment source = arena.allocate(MESSAGE_BYTES);
  private final MemorySegment target = arena.allocate(MESSAGE_BYTES);
  private final Request send;
  private final Request receive;
  private final Status status = new Status();
  private final Samples samples = new Samples();
  private final SplittableRandom random = new SplittableRandom(1);

  /** The receives that wait, in the order in which they were posted. */
  private final List<Request> posted = new ArrayList<>();

  /**
   * Takes both endpoints, which may be the same one, and closes them in the end.
   *
   * @param destination {@code to}, as {@code from} has it
   */
  EndpointContender(String label, Endpoint from, Endpoint to, EndpointAddress destination) {
    this.label = label;
    this.from = from;
    this.to = to;
    this.destination = destination;
    toItself = from.equals(to);
    send = from.newRequest();
    receive = to.newRequest();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean knows(Pattern pattern) {
    return true;
  }

  @Override
  public double measure(Pattern pattern, int depth, long budgetNs) {
    fill(pattern, depth);
    samples.begin(budgetNs);
    long startNs;
    do {
      startNs = System.nanoTime();
      for (int i = 0; i < BATCH; i++) {
        exchange(pattern);
      }
      samples.add(startNs, System.nanoTime());
    } while (!samples.endsAfter(startNs));
    clear(pattern, depth);
    return samples.line().fraction("p50Ns") / BATCH;
  }

  private void exchange(Pattern pattern) {
    switch (pattern) {
      case POSTED, WILDCARD, MASKS -> {
        to.irecv(target, OWN_INFO, Mx.MATCH_EXACT, receive);
        from.isend(source, destination, OWN_INFO, send);
        take(receive);
      }
      case POSTED_ANY -> {
        int index = random.nextInt(posted.size());
        Request any = posted.get(index);
        from.isend(source, destination, info(index), send);
        take(any);
        to.irecv(target, info(index), Mx.MATCH_EXACT, any);
      }
      case UNEXPECTED -> {
        from.isend(source, destination, OWN_INFO, send);
        awaitArrival();
        to.irecv(target, OWN_INFO, Mx.MATCH_EXACT, receive);
        take(receive);
      }
    }
    if (!await(from, send, to)) {
      throw new IllegalStateException(label + ": a send does not end");
    }
  }

  private void take(Request request) {
    if (!await(to, request, from) || !status.ok()) {
      throw new IllegalStateException(label + ": a receive does not end well: " + status);
    }
  }

  /**
   * Where a NIC's thread gets no processor for long, a request may have to wait for what {@code
   * other} does: a sender whose window is full sends once it has read the acknowledgements.
   */
  private boolean await(Endpoint endpoint, Request request, Endpoint other) {
    for (int turns = 0; turns < TURNS; turns++) {
      if (endpoint.await(request, TURN, status)) {
        return true;
      }
      other.progress();
    }
    return false;
  }

  /** A message to oneself is there at once; of another nothing else arrives. */
  @SuppressWarnings("ThreadPriorityCheck") // The NIC's thread may wait for this one's processor.
  private void awaitArrival() {
    for (int looks = 0; !toItself && !to.progress(); looks++) {
      if (looks < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
        from.progress(); // Which may hold the message back; see await.
      }
    }
  }

  private void fill(Pattern pattern, int depth) {
    for (int i = 0; i < depth; i++) {
      switch (pattern) {
        case POSTED, POSTED_ANY -> post(info(i), Mx.MATCH_EXACT);
        case WILDCARD -> post(info(i), ANY_SOURCE);
        case MASKS -> post(info(i), ~(i + 1L));
        case UNEXPECTED -> from.isend(source, destination, info(i), null);
      }
    }
    if (pattern == Pattern.UNEXPECTED) {
      long wanted = arrived() + depth;
      while (!toItself && arrived() < wanted) {
        from.progress();
        to.progress();
      }
    }
  }

  private void post(long info, long mask) {
    Request request = to.newRequest();
    to.irecv(target, info, mask, request);
    posted.add(request);
  }

  private long arrived() {
    return to.counters().unexpected();
  }

  private void clear(Pattern pattern, int depth) {
    for (Request request : posted) {
      if (!to.cancel(request)) {
        throw new IllegalStateException(label + ": a receive was matched that matches nothing");
      }
    }
    posted.clear();
    if (pattern == Pattern.UNEXPECTED) {
      for (int i = 0; i < depth; i++) {
        to.irecv(target, info(i), Mx.MATCH_EXACT, receive);
        take(receive);
      }
    }
  }

  /** The source's bits stay 0. */
  private static long info(int index) {
    return (index + 1L) << SOURCE_BITS;
  }

  @Override
  public void close() {
    from.close();
    to.close();
    arena.close();
  }
}
