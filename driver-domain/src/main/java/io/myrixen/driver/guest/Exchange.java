package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Every message of the plan between this guest and each other one, in both directions at once. In
 * round r guest i sends to i + r and receives from i - r, so that all pairs of a round run side by
 * side. Each round has two halves: in the first all receives are posted before anything is sent, in
 * the second everything has arrived before the first receive is posted.
 */
final class Exchange {

  private static final int EXPECTED = 0;
  private static final int UNEXPECTED = 1;

  private final Endpoint endpoint;
  private final Peers peers;
  private final Waiting waiting;
  private final Slots sendSlots;
  private final Slots receiveSlots;
  private final List<Request> sends;
  private final List<Request> receives;
  private final Request markerIn;
  private final Status status = new Status();

  Exchange(Endpoint endpoint, Peers peers) {
    this.endpoint = endpoint;
    this.peers = peers;
    this.waiting = new Waiting(endpoint, peers);
    this.sendSlots = Slots.forSending(endpoint);
    this.receiveSlots = Slots.forReceiving(endpoint);
    this.sends = requests(endpoint::newRequest);
    this.receives = requests(endpoint::newRequest);
    this.markerIn = endpoint.newRequest();
  }

  private static List<Request> requests(Supplier<Request> source) {
    return Stream.generate(source).limit(MessageShape.PLAN.size()).toList();
  }

  /** Runs all rounds of guest {@code self} among {@code guests}; tells what became of each pair. */
  void run(int self, int guests, long seed, Consumer<Line> out) {
    for (int round = 1; round < guests; round++) {
      int target = (self + round) % guests;
      int source = (self - round + guests) % guests;
      PairTally to = PairTally.to(target);
      PairTally from = PairTally.from(source);
      for (int half : new int[] {EXPECTED, UNEXPECTED}) {
        new Half(self, target, source, round * 2 + half, seed, to, from).run(half);
      }
      out.accept(to.line());
      out.accept(from.line());
    }
  }

  /** One half of a round. */
  private final class Half {

    private final int self;
    private final int target;
    private final int source;
    private final int number;
    private final long seed;
    private final PairTally to;
    private final PairTally from;

    Half(int self, int target, int source, int number, long seed, PairTally to, PairTally from) {
      this.self = self;
      this.target = target;
      this.source = source;
      this.number = number;
      this.seed = seed;
      this.to = to;
      this.from = from;
    }

    void run(int half) {
      for (MessageShape shape : MessageShape.PLAN) {
        Pattern.fill(sendSlots.message(shape), contentSeed(self, target, shape));
        receiveSlots.clear(shape);
      }
      if (half == EXPECTED) {
        postReceives();
        raiseMarker(source);
        awaitMarker(target);
        startSends();
      } else {
        startSends();
        raiseMarker(target);
        awaitMarker(source);
        postReceives();
      }
      finishSends();
      finishReceives();
    }

    private long contentSeed(int sender, int receiver, MessageShape shape) {
      long pair = ((long) sender << 32) | receiver;
      return Pattern.mix(Pattern.mix(Pattern.mix(seed, pair), number), shape.index());
    }

    private void postReceives() {
      for (MessageShape shape : MessageShape.PLAN) {
        endpoint.irecv(
            receiveSlots.message(shape),
            Tag.of(Tag.CONTENT, number, source, shape.index()),
            Mx.MATCH_EXACT,
            receives.get(shape.index()));
      }
    }

    private void startSends() {
      EndpointAddress address = peers.address(target);
      for (MessageShape shape : MessageShape.shuffled(Pattern.mix(seed, number))) {
        MemorySegment message = sendSlots.message(shape);
        long tag = Tag.of(Tag.CONTENT, number, self, shape.index());
        Request request = sends.get(shape.index());
        if (shape.synchronous()) {
          endpoint.issend(message, address, tag, request);
        } else {
          endpoint.isend(message, address, tag, request);
        }
      }
    }

    private void raiseMarker(int peer) {
      // An empty message: nothing of it needs to outlive the call.
      endpoint.isend(
          MemorySegment.NULL, peers.address(peer), Tag.of(Tag.MARKER, number, self, 0), null);
    }

    private void awaitMarker(int peer) {
      endpoint.irecv(
          MemorySegment.NULL, Tag.of(Tag.MARKER, number, peer, 0), Mx.MATCH_EXACT, markerIn);
      // Without a marker the messages themselves tell what is missing.
      Waiting.End _ = waiting.forReceive(markerIn, peer, status);
    }

    private void finishSends() {
      for (MessageShape shape : MessageShape.PLAN) {
        switch (waiting.forSend(sends.get(shape.index()), status)) {
          case ENDED -> to.sent(status, shape.lengthBytes(), !status.ok() && peers.dies(target));
          case SENDER_DEAD, TIMED_OUT -> to.lost("no end of the send of " + shape);
        }
      }
    }

    private void finishReceives() {
      for (MessageShape shape : MessageShape.PLAN) {
        switch (waiting.forReceive(receives.get(shape.index()), source, status)) {
          case ENDED -> judge(shape);
          case SENDER_DEAD -> from.endedByDeath();
          case TIMED_OUT -> from.lost("never came: " + shape);
        }
      }
    }

    private void judge(MessageShape shape) {
      if (!status.ok()) {
        if (peers.dies(source)) {
          from.endedByDeath();
        } else {
          from.lost("receive ended with %s: %s".formatted(status, shape));
        }
      } else if (status.messageLength() != shape.lengthBytes()
          || status.transferLength() != shape.lengthBytes()
          || !status.source().equals(peers.address(source))) {
        from.corrupt("wrong status %s for %s".formatted(status, shape));
      } else if (!receiveSlots.holds(shape, contentSeed(source, self, shape))) {
        from.corrupt("wrong contents in " + shape);
      } else {
        from.received(shape.lengthBytes());
      }
    }
  }
}
