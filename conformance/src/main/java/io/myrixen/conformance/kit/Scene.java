package io.myrixen.conformance.kit;

import io.myrixen.conformance.subject.Host;
import io.myrixen.conformance.subject.Path;
import io.myrixen.conformance.subject.Subject;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one case plays: two endpoints at the ends of a path, the same one if that leads to itself,
 * and whatever else the case opens. All of it is closed afterwards.
 *
 * <p>Who waits lets the other endpoints of the scene progress meanwhile, so that a case needs
 * neither threads nor anybody's background progress. Confined to the thread that plays.
 */
public final class Scene implements AutoCloseable {

  /** Key of every endpoint unless a case says otherwise. */
  public static final int KEY = 0x12345;

  /** Match info that no case uses but {@link #fence}. */
  private static final long FENCE = 0xFE_4CE0_FE4C_E0FEL;

  /** Of 8 KiB each, four times what the default geometry's 64 slots of 4 KiB hold. */
  private static final int MANY = 128;

  private static final int MANY_BYTES = 8_192;

  /** 1 MiB: room for four large messages at once, and four times as fast to open as the default. */
  private static final long STAGING_BYTES = 1L << 20;

  private final Subject subject;
  private final Path path;
  private final Host far;
  private final Patience patience;
  private final Arena arena = Arena.ofShared();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Crew crew = new Crew();
  private @Nullable Endpoint a;
  private @Nullable Endpoint b;
  private @Nullable EndpointAddress toB;
  private @Nullable EndpointAddress toA;

  /**
   * Sets the scene; nothing is opened yet.
   *
   * @throws IllegalArgumentException if the subject has no such path
   */
  public Scene(Subject subject, Path path, Patience patience) {
    Host end = subject.far(path);
    if (end == null) {
      throw new IllegalArgumentException(subject.name() + " has no path " + path);
    }
    this.subject = subject;
    this.path = path;
    this.far = end;
    this.patience = patience;
  }

  /** The path that is tried. */
  public Path path() {
    return path;
  }

  /** Whether both ends are one endpoint. */
  public boolean self() {
    return path == Path.SELF;
  }

  /** The host of {@link #a}. */
  public Host near() {
    return subject.near();
  }

  /** The host of {@link #b}. */
  public Host far() {
    return far;
  }

  /** How long what must happen may take. */
  public Duration limit() {
    return patience.limit();
  }

  /** The options that endpoints of this scene have unless a case says otherwise. */
  public static EndpointOptions options() {
    return EndpointOptions.fromEnvironment().withStagingBytes(STAGING_BYTES);
  }

  /** The first endpoint: on the first board of the near host. */
  public Endpoint a() {
    Endpoint endpoint = a;
    if (endpoint == null) {
      endpoint = openNear(options());
      a = endpoint;
    }
    return endpoint;
  }

  /**
   * The other endpoint: on the first board of the far host, or the first one if the path leads to
   * it.
   */
  public Endpoint b() {
    if (self()) {
      return a();
    }
    Endpoint endpoint = b;
    if (endpoint == null) {
      a(); // The near one first, so that ids do not depend on the path.
      endpoint = openFar(options());
      b = endpoint;
    }
    return endpoint;
  }

  /** Opens both with {@code options}, before anybody else has. */
  public void openBoth(EndpointOptions options) {
    Check.that(a == null && b == null, "the endpoints of this scene are open already");
    a = openNear(options);
    b = self() ? a : openFar(options);
  }

  /** Opens one more endpoint on the first board of the near host. */
  public Endpoint openNear(EndpointOptions options) {
    return open(near(), firstBoard(near()), Mx.ANY_ENDPOINT, KEY, options);
  }

  /** Opens one more endpoint on the first board of the far host. */
  public Endpoint openFar(EndpointOptions options) {
    return open(far, firstBoard(far), Mx.ANY_ENDPOINT, KEY, options);
  }

  /** The number of a host's first board: it need not have its VM's board 0. */
  public static int firstBoard(Host host) {
    return host.boards().getFirst().number();
  }

  /** Opens an endpoint that is closed with this scene. */
  public Endpoint open(Host host, int board, int endpointId, int key, EndpointOptions options) {
    Endpoint endpoint = host.openEndpoint(board, endpointId, key, options);
    endpoints.add(endpoint);
    return endpoint;
  }

  /** The address of {@link #b} as {@link #a} has it; connects at first. */
  public EndpointAddress toB() {
    EndpointAddress address = toB;
    if (address == null) {
      address = self() ? a().address() : connect(a(), b());
      toB = address;
    }
    return address;
  }

  /** The address of {@link #a} as {@link #b} has it; connects at first. */
  public EndpointAddress toA() {
    EndpointAddress address = toA;
    if (address == null) {
      address = self() ? a().address() : connect(b(), a());
      toA = address;
    }
    return address;
  }

  /** Connects {@code from} to {@code to}, both of this scene. */
  public EndpointAddress connect(Endpoint from, Endpoint to) {
    Request request = from.newRequest();
    from.iconnect(to.board().nicId(), to.id(), KEY, 0, request);
    Status status = ends(from, request, "connect");
    Check.equal(StatusCode.SUCCESS, status.code(), "status of connect");
    return status.source();
  }

  /** Memory of this scene, zeroed. */
  public MemorySegment memory(long bytes) {
    return arena.allocate(bytes, 64);
  }

  /** Memory of this scene with the contents of message {@code seed}. */
  public MemorySegment message(long bytes, long seed) {
    MemorySegment memory = memory(bytes);
    Contents.fill(memory, seed);
    return memory;
  }

  /** Posts a receive for exactly {@code matchInfo}. */
  public static Request receive(Endpoint endpoint, MemorySegment memory, long matchInfo) {
    Request request = endpoint.newRequest();
    endpoint.irecv(memory, matchInfo, Mx.MATCH_EXACT, request);
    return request;
  }

  /** Begins to send. */
  public static Request send(
      Endpoint endpoint, MemorySegment memory, EndpointAddress to, long matchInfo) {
    Request request = endpoint.newRequest();
    endpoint.isend(memory, to, matchInfo, request);
    return request;
  }

  /** Begins to send synchronously. */
  public static Request sendSync(
      Endpoint endpoint, MemorySegment memory, EndpointAddress to, long matchInfo) {
    Request request = endpoint.newRequest();
    endpoint.issend(memory, to, matchInfo, request);
    return request;
  }

  /** Waits until {@code request} has ended, and returns how. */
  public Status ends(Endpoint endpoint, Request request, String what) {
    var status = new Status();
    for (int tick = 0; tick < patience.ticks(); tick++) {
      if (endpoint.await(request, Patience.TICK, status)) {
        return status;
      }
      progressAllBut(endpoint);
    }
    throw new CaseFailure("%s has not ended within %s".formatted(what, patience.limit()));
  }

  /** Waits until {@code request} has ended, and fails unless it was with {@code code}. */
  public Status ends(Endpoint endpoint, Request request, StatusCode code, String what) {
    Status status = ends(endpoint, request, what);
    Check.equal(code, status.code(), "status of " + what);
    return status;
  }

  /** Waits until {@code condition} holds, letting time pass and everybody progress. */
  public void until(Endpoint waiting, BooleanSupplier condition, String what) {
    Request never = waiting.newRequest();
    waiting.irecv(memory(0), FENCE + 1, Mx.MATCH_EXACT, never);
    var status = new Status();
    for (int tick = 0; tick < patience.ticks(); tick++) {
      if (condition.getAsBoolean()) {
        Check.that(waiting.cancel(never), "a receive that nothing matched cannot be cancelled");
        return;
      }
      waiting.await(never, Patience.TICK, status);
      progressAllBut(waiting);
    }
    throw new CaseFailure("%s has not happened within %s".formatted(what, patience.limit()));
  }

  /** Fails if {@code request} has ended, as far as {@code endpoint} knows. */
  public static void pending(Endpoint endpoint, Request request, String what) {
    var status = new Status();
    if (endpoint.test(request, status)) {
      throw new CaseFailure("%s has ended, which it must not yet: %s".formatted(what, status));
    }
  }

  /**
   * Waits until everything that {@code from} has sent to {@code to} so far has been matched or is
   * waiting for its receive: a message behind all of it has arrived.
   */
  public void fence(Endpoint from, EndpointAddress address, Endpoint to) {
    Request receive = receive(to, memory(0), FENCE);
    Request send = send(from, memory(0), address, FENCE);
    ends(to, receive, StatusCode.SUCCESS, "the fence's receive");
    ends(from, send, StatusCode.SUCCESS, "the fence's send");
  }

  /** A {@link #fence} from {@link #a} to {@link #b}. */
  public void fence() {
    fence(a(), toB(), b());
  }

  /** Closes an endpoint of this scene before its end, without lingering. */
  public void close(Endpoint endpoint) {
    endpoints.remove(endpoint);
    endpoint.close(Duration.ZERO);
  }

  /**
   * Sends a message that cannot have arrived when this returns: it stands behind more than the send
   * slots of an endpoint hold, which come free as the receiver acknowledges.
   */
  public void sendBehindMany(MemorySegment memory, long matchInfo) {
    MemorySegment medium = message(MANY_BYTES, 0);
    for (int i = 0; i < MANY; i++) {
      a().isend(medium, toB(), FENCE + 2, null);
    }
    a().isend(memory, toB(), matchInfo, null);
  }

  /** Has a thread do {@code task}; it is over when this scene is. */
  public <T> Future<T> start(Callable<T> task) {
    return crew.start(task, Thread.ofPlatform().daemon());
  }

  /** Has a virtual thread do {@code task}. */
  public <T> Future<T> startVirtual(Callable<T> task) {
    return crew.start(task, Thread.ofVirtual());
  }

  /** Waits for what {@code thread} returns; throws what it has thrown. */
  public <T> T result(Future<T> thread) {
    return crew.result(thread, limit());
  }

  /** Does {@code something} again and again until {@code threads} have ended. */
  public void meanwhile(List<? extends Future<?>> threads, Runnable something) {
    crew.meanwhile(threads, something, patience);
  }

  private void progressAllBut(Endpoint waiting) {
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.equals(waiting)) {
        endpoint.progress();
      }
    }
  }

  /** Closes endpoints without lingering: whatever the case waits for has happened or never will. */
  @Override
  public void close() {
    for (Endpoint endpoint : endpoints.reversed()) {
      endpoint.close(Duration.ZERO);
    }
    endpoints.clear();
    crew.close();
    arena.close();
  }
}
