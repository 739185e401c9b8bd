package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Boards, endpoints and a NIC in one thread, on a clock that moves only when somebody sleeps. An
 * endpoint that sleeps lets the NIC and all other endpoints go on.
 */
final class World implements BoardDriver {

  static final long FIRST_NIC = 0x020000000001L;
  static final int BOARDS = 4;
  static final int MAX_ENDPOINTS = 8;
  static final int KEY = 0xBEEF;

  /** How far the clock moves when nothing happens. */
  private static final long QUIET_NS = 1_000_000L;

  final FakeNic nic = new FakeNic();
  final List<LibraryEndpoint> endpoints = new ArrayList<>();
  final List<LibraryEndpoint> frozen = new ArrayList<>();
  private final List<Board> boards = new ArrayList<>();
  private final List<FakePort> ports = new ArrayList<>();
  private int sessions = 100;
  private int regions = 1;

  /** Not 0, and about to pass the wrap of a signed 64-bit clock. */
  private long nowNs = Long.MAX_VALUE - 1_000_000_000L;

  /** What the last endpoint with background progress gave; tests step it. */
  @Nullable BackgroundWork background;

  /** Numbers begin just below the wrap, so that every test passes it. */
  int firstSequence = 0x3FFD;

  World() {
    for (int i = 0; i < BOARDS; i++) {
      boards.add(new FakeBoard(i));
    }
  }

  static EndpointOptions options() {
    return EndpointOptions.fromEnvironment()
        .withBackgroundProgress(false)
        .withStagingBytes(64 << 10)
        .withRequestTimeout(Duration.ofSeconds(20));
  }

  LibraryEndpoint open(int board, int id) {
    return open(board, id, options());
  }

  LibraryEndpoint open(int board, int id, EndpointOptions options) {
    LibraryEndpoint endpoint =
        EndpointFactory.open(this, boards.get(board), id, KEY, options, firstSequence, _ -> {});
    endpoints.add(endpoint);
    return endpoint;
  }

  /** Forgets an endpoint as if its VM had been killed: the NIC's side goes, the library stops. */
  void kill(LibraryEndpoint endpoint) {
    endpoints.remove(endpoint);
    nic.close(side(endpoint));
  }

  NicSide side(LibraryEndpoint endpoint) {
    return Objects.requireNonNull(nic.find(endpoint.board().nicId(), endpoint.id()));
  }

  long now() {
    return nowNs;
  }

  void advance(long ns) {
    nowNs += ns;
  }

  /** Lets NIC and endpoints go on until nothing happens any more; time stands still. */
  void settle() {
    boolean worked = true;
    for (int i = 0; worked && i < 100_000; i++) {
      worked = turn(null);
    }
  }

  /** Lets {@code ns} pass in small steps, everybody going on. */
  void run(long ns) {
    long end = nowNs + ns;
    while (nowNs - end < 0) {
      settle();
      nowNs += quietNs(Math.min(QUIET_NS, end - nowNs));
    }
    settle();
  }

  /** How long nothing happens, at most {@code mostNs}. */
  private long quietNs(long mostNs) {
    FakeWire wire = nic.wire;
    return wire == null ? mostNs : wire.nextNs(mostNs);
  }

  /** Lays a wire between all boards: before any of them has an endpoint. */
  FakeWire lay() {
    var wire = new FakeWire(() -> nowNs);
    nic.wire = wire;
    nic.fragmentBytes = 4_096;
    return wire;
  }

  private boolean turn(@Nullable FakePort sleeper) {
    boolean worked = nic.step();
    for (LibraryEndpoint endpoint : List.copyOf(endpoints)) {
      boolean asleep =
          sleeper != null
              && endpoint.id() == sleeper.endpointId()
              && endpoint.board() == sleeper.board;
      if (!asleep && !frozen.contains(endpoint)) {
        worked |= endpoint.progress();
      }
    }
    return worked;
  }

  private final class FakePort implements EndpointPort {
    private final FakeBoard board;
    private final NicSide side;
    private final Arena arena = Arena.ofShared();
    private boolean woken;
    boolean detached;
    @Nullable EndpointInspection inspection;

    FakePort(FakeBoard board, int id, WindowGeometry geometry) {
      this.board = board;
      MemorySegment window =
          arena.allocate(new WindowLayout(geometry).lengthBytes(), WindowLayout.PAGE_BYTES);
      side = new NicSide(board.nicId(), id, sessions++, geometry, window);
      nic.sides.add(side);
      ports.add(this);
    }

    @Override
    public int endpointId() {
      return side.endpointId;
    }

    @Override
    public int sessionId() {
      return side.sessionId;
    }

    @Override
    public WindowGeometry geometry() {
      return side.geometry;
    }

    @Override
    public MemorySegment window() {
      return side.window;
    }

    @Override
    public void raise() {
      side.raised++;
    }

    @Override
    public long raised() {
      return side.raised;
    }

    @Override
    public void await(long timeoutNs) {
      if (woken) {
        woken = false;
        return;
      }
      if (!turn(this)) {
        nowNs += quietNs(timeoutNs < 0 ? QUIET_NS : Math.clamp(timeoutNs, 1, QUIET_NS));
      }
    }

    @Override
    public void wakeUp() {
      woken = true;
    }

    @Override
    public void inspectedBy(EndpointInspection inspection) {
      this.inspection = inspection;
    }

    @Override
    public boolean detached() {
      return detached;
    }

    @Override
    public Pending<Region> register(long lengthBytes) {
      int id = regions++;
      MemorySegment memory = arena.allocate(lengthBytes, WindowLayout.PAGE_BYTES);
      side.regions.put(id, memory);
      var pending = new Pending<Region>();
      pending.complete(new FakeRegion(id, memory));
      return pending;
    }

    @Override
    public Pending<Void> close() {
      nic.close(side);
      endpoints.removeIf(e -> e.id() == endpointId() && e.board() == board);
      ports.remove(this);
      arena.close();
      return done();
    }
  }

  private static Pending<Void> done() {
    var pending = new Pending<Void>();
    pending.future().complete(null);
    return pending;
  }

  private record FakeRegion(int id, MemorySegment memory) implements EndpointPort.Region {
    @Override
    public Pending<Void> deregister() {
      return done();
    }
  }

  /** Who tells what {@code endpoint} does. */
  EndpointInspection inspection(LibraryEndpoint endpoint) {
    return ports.stream()
        .filter(port -> port.endpointId() == endpoint.id() && port.board == endpoint.board())
        .map(port -> Objects.requireNonNull(port.inspection))
        .findFirst()
        .orElseThrow();
  }

  /** Detaches the window of {@code endpoint}, as if its device were unplugged. */
  void detach(LibraryEndpoint endpoint) {
    for (FakePort port : ports) {
      if (port.endpointId() == endpoint.id() && port.board == endpoint.board()) {
        port.detached = true;
      }
    }
  }

  private final class FakeBoard implements Board {
    private final int number;

    FakeBoard(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public long nicId() {
      return FIRST_NIC + number;
    }

    @Override
    public String hostname() {
      return "vm" + number + ":0";
    }

    @Override
    public int maxEndpoints() {
      return MAX_ENDPOINTS;
    }

    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public Pending<EndpointPort> openEndpoint(int endpointId, WindowGeometry geometry) {
      var pending = new Pending<EndpointPort>();
      if (nic.find(nicId(), endpointId) != null) {
        pending.fail(new MxException(ReturnCode.BUSY, "open: " + endpointId));
      } else {
        pending.complete(new FakePort(this, endpointId, geometry));
      }
      return pending;
    }

    @Override
    public Pending<Peer> peerByName(String hostname) {
      var pending = new Pending<Peer>();
      for (Board board : boards) {
        if (board.hostname().equals(hostname)) {
          pending.complete(new Peer(board.nicId(), hostname));
        }
      }
      if (!pending.done()) {
        pending.fail(new MxException(ReturnCode.HOST_NOT_FOUND, hostname));
      }
      return pending;
    }

    @Override
    public Pending<Peer> peerByNicId(long nicId) {
      var pending = new Pending<Peer>();
      int index = (int) (nicId - FIRST_NIC);
      if (index >= 0 && index < BOARDS) {
        pending.complete(new Peer(nicId, boards.get(index).hostname()));
      } else {
        pending.fail(new MxException(ReturnCode.NIC_NOT_FOUND, Long.toHexString(nicId)));
      }
      return pending;
    }

    @Override
    public Pending<List<Peer>> peers() {
      var pending = new Pending<List<Peer>>();
      pending.complete(boards.stream().map(b -> new Peer(b.nicId(), b.hostname())).toList());
      return pending;
    }

    @Override
    public Pending<List<Integer>> openEndpoints() {
      var pending = new Pending<List<Integer>>();
      pending.complete(
          nic.sides.stream().filter(s -> s.nicId == nicId()).map(s -> s.endpointId).toList());
      return pending;
    }
  }

  @Override
  public List<Board> boards() {
    return List.copyOf(boards);
  }

  @Override
  public <T> T await(Pending<T> pending) {
    try {
      return pending.future().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MxException refused) {
        throw refused;
      }
      throw e;
    }
  }

  @Override
  public NanoClock clock() {
    return () -> nowNs;
  }

  @Override
  public void addBackgroundWork(BackgroundWork work) {
    background = work;
  }

  @Override
  public void removeBackgroundWork(BackgroundWork work) {
    background = null;
  }

  @Override
  public void close() {
    List.copyOf(endpoints).forEach(e -> e.close(Duration.ZERO));
  }
}
