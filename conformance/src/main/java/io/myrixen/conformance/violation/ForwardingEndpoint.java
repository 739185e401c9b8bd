package io.myrixen.conformance.violation;

import io.myrixen.mx.CloseReport;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.UnexpectedHandler;
import io.myrixen.mx.board.Board;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands every call to another endpoint. The forms for one segment pass through those for several,
 * and every outcome passes through {@link #outcome}, so that a violation has one place to break.
 */
class ForwardingEndpoint implements Endpoint {

  private final Endpoint inner;

  ForwardingEndpoint(Endpoint inner) {
    this.inner = inner;
  }

  /** The endpoint that every call goes to; asked at the beginning of each. */
  Endpoint inner() {
    return inner;
  }

  /** Sees each outcome before the caller: of tests and waits that found something. */
  void outcome(Status status) {}

  private boolean passed(boolean found, Status status) {
    if (found) {
      outcome(status);
    }
    return found;
  }

  @Override
  public int id() {
    return inner().id();
  }

  @Override
  public Board board() {
    return inner().board();
  }

  @Override
  public EndpointAddress address() {
    return inner().address();
  }

  @Override
  public Request newRequest() {
    return inner().newRequest();
  }

  @Override
  public EndpointAddress connect(long nicId, int endpointId, int key, Duration timeout) {
    return inner().connect(nicId, endpointId, key, timeout);
  }

  @Override
  public EndpointAddress connectWhenOpen(long nicId, int endpointId, int key, Duration timeout) {
    return inner().connectWhenOpen(nicId, endpointId, key, timeout);
  }

  @Override
  public EndpointAddress connectWhenOpen(
      String hostname, int endpointId, int key, Duration timeout) {
    return inner().connectWhenOpen(hostname, endpointId, key, timeout);
  }

  @Override
  public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
    inner().iconnect(nicId, endpointId, key, matchInfo, request);
  }

  @Override
  public void isend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    inner().isend(segments, destination, matchInfo, request);
  }

  @Override
  public void issend(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    inner().issend(segments, destination, matchInfo, request);
  }

  @Override
  public void irecv(List<MemorySegment> segments, long matchInfo, long matchMask, Request request) {
    inner().irecv(segments, matchInfo, matchMask, request);
  }

  @Override
  public boolean cancel(Request request) {
    return inner().cancel(request);
  }

  @Override
  public boolean cancelNotest(Request request) {
    return inner().cancelNotest(request);
  }

  @Override
  public boolean ibuffered(Request request) {
    return inner().ibuffered(request);
  }

  @Override
  public void forget(Request request) {
    inner().forget(request);
  }

  @Override
  public void disconnect(EndpointAddress address) {
    inner().disconnect(address);
  }

  @Override
  public void requestTimeout(Request request, Duration timeout) {
    inner().requestTimeout(request, timeout);
  }

  @Override
  public void requestTimeout(Duration timeout) {
    inner().requestTimeout(timeout);
  }

  @Override
  public void unexpectedHandler(@Nullable UnexpectedHandler handler) {
    inner().unexpectedHandler(handler);
  }

  @Override
  public void disableProgression() {
    inner().disableProgression();
  }

  @Override
  public void reenableProgression() {
    inner().reenableProgression();
  }

  @Override
  public boolean progress() {
    return inner().progress();
  }

  @Override
  public void wakeUp() {
    inner().wakeUp();
  }

  @Override
  public MemorySegment allocate(long bytes) {
    return inner().allocate(bytes);
  }

  @Override
  public void free(MemorySegment memory) {
    inner().free(memory);
  }

  @Override
  public EndpointCounters counters() {
    return inner().counters();
  }

  @Override
  public void isend(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    isend(List.of(segment), destination, matchInfo, request);
  }

  @Override
  public void issend(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable Request request) {
    issend(List.of(segment), destination, matchInfo, request);
  }

  @Override
  public void irecv(MemorySegment segment, long matchInfo, long matchMask, Request request) {
    irecv(List.of(segment), matchInfo, matchMask, request);
  }

  @Override
  public boolean test(Request request, Status status) {
    return passed(inner().test(request, status), status);
  }

  @Override
  public boolean await(Request request, Duration timeout, Status status) {
    return passed(inner().await(request, timeout, status), status);
  }

  @Override
  public boolean testAny(long matchInfo, long matchMask, Status status) {
    return passed(inner().testAny(matchInfo, matchMask, status), status);
  }

  @Override
  public boolean awaitAny(long matchInfo, long matchMask, Duration timeout, Status status) {
    return passed(inner().awaitAny(matchInfo, matchMask, timeout, status), status);
  }

  @Override
  public @Nullable Request ipeek() {
    return inner().ipeek();
  }

  @Override
  public @Nullable Request peek(Duration timeout) {
    return inner().peek(timeout);
  }

  @Override
  public boolean iprobe(long matchInfo, long matchMask, Status status) {
    return inner().iprobe(matchInfo, matchMask, status);
  }

  @Override
  public boolean probe(long matchInfo, long matchMask, Duration timeout, Status status) {
    return inner().probe(matchInfo, matchMask, timeout, status);
  }

  @Override
  public void close() {
    inner().close();
  }

  @Override
  public CloseReport close(Duration linger) {
    return inner().close(linger);
  }

  @Override
  public String toString() {
    return inner().toString();
  }
}
