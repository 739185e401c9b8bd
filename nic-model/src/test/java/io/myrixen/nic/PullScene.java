package io.myrixen.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.memory.BadSegmentException;
import io.myrixen.mx.memory.SegmentList;
import io.myrixen.mx.memory.StagedSink;
import io.myrixen.mx.memory.StagedSource;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** NICs on a network, and messages that one of them pulls from the others, stepped by hand. */
final class PullScene {

  static final int REGION = 7;

  /** As the library's usual ring. */
  private static final int RING_BYTES = 256 * 1024;

  static final long PULLER_BOARD = 0x0200_0000_0001L;

  /** How long a step of the scene takes: a NIC's cycle. */
  private static final long STEP_NS = 2_000;

  /** One NIC with one endpoint. */
  final class Host {
    final NicFixture fixture;
    final TestNetwork.Link link;
    final FakeEndpoint endpoint;
    final MemorySegment memory;

    Host(long board, int vmId, int windowCount) {
      memory = Arena.ofAuto().allocate(windowCount * WINDOW_BYTES, 4096);
      fixture = new NicFixture(context, network, board);
      link = network.link(board);
      fixture.board(board, vmId, 1);
      fixture.done(fixture.nic.attachPort(link, profile));
      endpoint = fixture.open(board, vmId, WindowGeometry.DEFAULT);
      fixture.done(fixture.nic.addRegion(board, vmId, REGION, memory, true));
    }

    void knows(Host peer) {
      fixture.done(fixture.nic.addPeer(peer.endpoint.nicId, "peer" + peer.endpoint.nicId + ":0"));
    }
  }

  /** What a window may need: a message of 1 MiB that does not begin at 0. */
  private static final long WINDOW_BYTES = (1L << 20) + (1L << 16);

  /** A message on its way: what its two libraries do. */
  final class Message {
    final Host from;
    final int sourceId;
    final int sinkId;
    final int generation = generations++ & 0xFF;
    final byte[] sent;
    final byte[] received;
    final StagedSource source;
    final StagedSink sink;
    boolean staged;
    boolean announced;
    boolean done;
    int status;

    private Message(Host from, int sinkId, int length) {
      this.from = from;
      this.sinkId = sinkId;
      this.sourceId = sinkId % windowsPerHost;
      sent = new byte[length];
      random.nextBytes(sent);
      received = new byte[length];
      source = new StagedSource(segments(sent, false));
      sink = new StagedSink(segments(received, true));
    }

    private RdmaWindowEntry sourceEntry() {
      return from.endpoint.rdma(sourceId);
    }

    private RdmaWindowEntry sinkEntry() {
      return puller.endpoint.rdma(sinkId);
    }

    /** The libraries' part of a step: copies a piece, if there is one. */
    private void step() throws BadSegmentException {
      if (announced && sourceEntry().wantedAcquire()) {
        announced = false;
        sourceEntry().back(generation, REGION, offset(sourceId), ringBytes);
        startSource();
      }
      if (staged && !announced && !paused) {
        source.sought();
        source.doWork();
      }
      if (staged) {
        sink.doWork();
      }
    }

    private void startSource() {
      source.start(sourceEntry(), from.memory, offset(sourceId), ringBytes, sent.length);
    }

    void assertIntact() {
      assertTrue(done, "not done");
      assertEquals(0, status);
      if (!staged) {
        MemorySegment.copy(
            puller.memory, ValueLayout.JAVA_BYTE, offset(sinkId), received, 0, received.length);
      }
      assertEquals(-1, Arrays.mismatch(sent, received));
    }
  }

  final SplittableRandom random;
  final WireProfile profile;
  final NicContext context;
  final TestNetwork network;
  final Host puller;
  int ringBytes = RING_BYTES;
  private final int windowsPerHost;
  private int generations;
  final List<Host> hosts = new ArrayList<>();
  final List<Message> messages = new ArrayList<>();

  /** Whether the senders' libraries compute, and do not look at their endpoints. */
  boolean paused;

  PullScene(WireProfile profile, NicContext context, long seed, int hostCount, int windowsPerHost) {
    this.profile = profile;
    this.context = context;
    this.windowsPerHost = windowsPerHost;
    random = new SplittableRandom(seed);
    network = new TestNetwork(random.split());
    puller = new Host(PULLER_BOARD, 1, hostCount * windowsPerHost);
    for (int i = 0; i < hostCount; i++) {
      var host = new Host(PULLER_BOARD + 1 + i, 2, windowsPerHost);
      host.knows(puller);
      puller.knows(host);
      hosts.add(host);
    }
    run(100_000);
  }

  private static SegmentList segments(byte[] bytes, boolean writable) {
    var segments = new SegmentList();
    segments.set(MemorySegment.ofArray(bytes), writable);
    return segments;
  }

  private static long offset(int windowId) {
    return windowId * WINDOW_BYTES;
  }

  /** Has the puller fetch a message of {@code length} that lies in one piece on both sides. */
  Message fixed(Host from, int sinkId, int length, int windowOffset) {
    var message = new Message(from, sinkId, length);
    long at = offset(message.sourceId);
    MemorySegment.copy(
        MemorySegment.ofArray(message.sent), 0, from.memory, at + windowOffset, length);
    message
        .sourceEntry()
        .open(RdmaWindowEntry.SOURCE, message.generation, REGION, at, length + windowOffset, 0);
    message
        .sinkEntry()
        .open(RdmaWindowEntry.SINK, message.generation, REGION, offset(sinkId), length, 0);
    return pull(message, windowOffset);
  }

  /** Has the puller fetch a message that passes through rings on both sides. */
  Message staged(Host from, int sinkId, int length, boolean announced) {
    var message = new Message(from, sinkId, length);
    message.staged = true;
    message.announced = announced;
    if (announced) {
      message.sourceEntry().open(RdmaWindowEntry.ANNOUNCED, message.generation, 0, 0, length, 0);
    } else {
      message
          .sourceEntry()
          .open(
              RdmaWindowEntry.SOURCE,
              message.generation,
              REGION,
              offset(sinkId),
              length,
              ringBytes);
      message.startSource();
    }
    message
        .sinkEntry()
        .open(RdmaWindowEntry.SINK, message.generation, REGION, offset(sinkId), length, ringBytes);
    message.sink.start(message.sinkEntry(), puller.memory, offset(sinkId), ringBytes, length);
    return pull(message, 0);
  }

  private Message pull(Message message, int windowOffset) {
    FakeEndpoint endpoint = puller.endpoint;
    endpoint.command(Kind.PULL, message.from.endpoint);
    endpoint.out.length = message.sent.length;
    endpoint.out.cookie(messages.size());
    endpoint.out.remoteWindow(message.sourceId, message.generation);
    endpoint.out.remoteWindowOffset(windowOffset);
    endpoint.out.localWindow(message.sinkId, message.generation);
    endpoint.send();
    messages.add(message);
    return message;
  }

  /** Steps everything until all messages are done. Returns how long that took. */
  long finish(long limitNs) {
    long beganNs = network.nanoTime();
    while (!messages.stream().allMatch(m -> m.done)) {
      assertTrue(network.nanoTime() - beganNs < limitNs, () -> "stuck: " + counters());
      step();
    }
    return network.nanoTime() - beganNs;
  }

  void run(long ns) {
    for (long left = ns; left > 0; left -= STEP_NS) {
      step();
    }
  }

  void step() {
    puller.fixture.nic.doWork();
    for (Host host : hosts) {
      host.fixture.nic.doWork();
    }
    for (Message message : messages) {
      try {
        if (!message.done) {
          message.step();
        }
      } catch (BadSegmentException e) {
        throw new AssertionError(e);
      }
    }
    FakeEndpoint endpoint = puller.endpoint;
    while (endpoint.pollCompletion()) {
      Message message = messages.get((int) endpoint.in.cookie());
      message.done = true;
      message.status = endpoint.in.pullStatus();
      while (message.staged && message.status == 0 && !message.sink.done()) {
        drain(message);
      }
      message.sinkEntry().close();
      message.sourceEntry().close();
    }
    network.advance(STEP_NS);
  }

  private static void drain(Message message) {
    try {
      assertTrue(message.sink.doWork() > 0, "the NIC lied about its progress");
    } catch (BadSegmentException e) {
      throw new AssertionError(e);
    }
  }

  String counters() {
    return puller.fixture.nic.counters() + " " + hosts.getFirst().fixture.nic.counters();
  }

  long atPuller(NicCounter counter) {
    return puller.fixture.total(counter);
  }

  long atHost(NicCounter counter) {
    return hosts.getFirst().fixture.total(counter);
  }

  void assertNoFault() {
    puller.fixture.assertNoFault();
    for (Host host : hosts) {
      host.fixture.assertNoFault();
      assertEquals(0, host.fixture.total(NicCounter.FRAMES_FAILED));
    }
    assertEquals(0, atPuller(NicCounter.FRAMES_FAILED));
  }
}
