package io.myrixen.tests.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.process.BoardWay;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same behaviour, whichever way a process comes to its board; all threads are real. */
class BoardWaysTest extends HostWorldTest {

  @ParameterizedTest
  @EnumSource
  void shouldCarryEveryClassOfMessageAndLeaveNothing(BoardWay way) throws Exception {
    int count = 40;
    try (Mx a = Mx.init(world.open(way, "a"));
        Mx b = Mx.init(world.open(way, "b"))) {
      assertEquals("a:0", a.boards().getFirst().hostname());
      assertEquals(2, a.peers().size());
      Endpoint server = b.openEndpoint(0, 1, Echo.KEY);
      Endpoint client = a.openEndpoint(0, 1, Echo.KEY);
      Future<?> serving = threads.submit(() -> Echo.serve(server, count));
      Echo.ask(client, client.connectWhenOpen("b", 1, Echo.KEY, Echo.LONG), count);
      serving.get(20, SECONDS);
    }
    world.assertNothingLeft();
    assertEquals(0, world.failures.get());
  }

  @ParameterizedTest
  @EnumSource
  void shouldMoveRegisteredMemoryWithoutStaging(BoardWay way) throws Exception {
    int length = 300_000;
    try (Mx a = Mx.init(world.open(way, "a"));
        Mx b = Mx.init(world.open(way, "b"))) {
      Endpoint server = b.openEndpoint(0, 0, Echo.KEY);
      Endpoint client = a.openEndpoint(0, 0, Echo.KEY);
      EndpointAddress to = client.connectWhenOpen("b", 0, Echo.KEY, Echo.LONG);
      MemorySegment in = server.allocate(length);
      MemorySegment out = client.allocate(length);
      var random = new SplittableRandom(1);
      for (int i = 0; i < length; i++) {
        out.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
      }

      Future<?> receiving =
          threads.submit(() -> {
            Request receive = server.newRequest();
            server.irecv(in, 3, Mx.MATCH_EXACT, receive);
            ends(server, receive);
          });
      Request send = client.newRequest();
      client.isend(out, to, 3, send);
      ends(client, send);
      receiving.get(20, SECONDS);

      assertEquals(-1, in.mismatch(out));
      assertEquals(0, client.counters().stagedBytes());
      server.free(in);
      client.free(out);
    }
    world.assertNothingLeft();
  }

  /**
   * Each round begins when counters have been published anew: by then all who wait have fallen
   * asleep, sooner or later.
   */
  @ParameterizedTest
  @EnumSource
  void shouldWakeWhoSleeps(BoardWay way) throws Exception {
    try (Mx a = Mx.init(world.open(way, "a"));
        Mx b = Mx.init(world.open(way, "b"))) {
      Endpoint server = b.openEndpoint(0, 0, Echo.KEY);
      Endpoint client = a.openEndpoint(0, 0, Echo.KEY);
      EndpointAddress to = client.connectWhenOpen("b", 0, Echo.KEY, Echo.LONG);
      long before = world.counter("nic.notifications");
      long doorbells = client.counters().doorbells();
      while (world.counter("nic.notifications") == before
          || client.counters().doorbells() == doorbells) {
        Future<?> serving = threads.submit(() -> Echo.serve(server, 1));
        assertTrue(world.counter("nic.notifications") >= before);
        Echo.ask(client, to, 1);
        serving.get(20, SECONDS);
      }
    }
    world.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhatCannotBeAndGoOn(BoardWay way) {
    try (BoardDriver driver = world.open(way, "a")) {
      Board board = driver.boards().getFirst();
      EndpointPort port = driver.await(board.openEndpoint(3, WindowGeometry.SMALLEST));

      refuses(ReturnCode.BUSY, () -> driver.await(board.openEndpoint(3, WindowGeometry.SMALLEST)));
      refuses(
          ReturnCode.BAD_ENDPOINT,
          () -> driver.await(board.openEndpoint(board.maxEndpoints(), WindowGeometry.SMALLEST)));
      refuses(ReturnCode.HOST_NOT_FOUND, () -> driver.await(board.peerByName("nobody:0")));
      refuses(ReturnCode.NIC_NOT_FOUND, () -> driver.await(board.peerByNicId(1)));
      refuses(ReturnCode.BAD_PARAM_VAL, () -> driver.await(port.register(0)));

      EndpointPort.Region region = driver.await(port.register(10_000));
      assertEquals(10_000, region.memory().byteSize());
      assertEquals(List.of(3), driver.await(board.openEndpoints()));
      driver.await(region.deregister());
      driver.await(port.close());
      assertEquals(List.of(), driver.await(board.openEndpoints()));
      driver.await(board.openEndpoint(4, WindowGeometry.SMALLEST)); // Left open.
    }
    world.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void shouldDetachWhenTheDriverDomainEnds(BoardWay way) {
    try (BoardDriver driver = world.open(way, "a")) {
      Board board = driver.boards().getFirst();
      EndpointPort port = driver.await(board.openEndpoint(0, WindowGeometry.SMALLEST));

      world.driver.close();

      await().atMost(10, SECONDS).until(() -> port.detached() && !board.connected());
      refuses(ReturnCode.NIC_DEAD, () -> driver.await(board.peers()));
      driver.await(port.close());
    }
    assertEquals(0, world.failures.get());
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachAVm(BoardWay way) throws Exception {
    try (Mx a = Mx.init(world.open(way, "a"));
        Mx b = Mx.init(world.open(BoardWay.VM, "b"))) {
      Endpoint server = b.openEndpoint(0, 0, Echo.KEY);
      Endpoint client = a.openEndpoint(0, 0, Echo.KEY);
      Future<?> serving = threads.submit(() -> Echo.serve(server, 20));
      Echo.ask(client, client.connectWhenOpen("b", 0, Echo.KEY, Echo.LONG), 20);
      serving.get(20, SECONDS);
    }
    world.assertNothingLeft();
  }

  private static void ends(Endpoint endpoint, Request request) {
    var status = new Status();
    assertTrue(endpoint.await(request, Echo.LONG, status), "the request did not end");
    assertEquals(StatusCode.SUCCESS, status.code());
  }

  private static void refuses(ReturnCode code, Executable call) {
    assertEquals(code, assertThrows(MxException.class, call).code());
  }
}
