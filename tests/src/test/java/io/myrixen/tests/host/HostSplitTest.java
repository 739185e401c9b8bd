package io.myrixen.tests.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.netfront.VmBoards;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.host.HostDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** VMs whose every grant, channel and store request goes over a socket; all threads are real. */
class HostSplitTest extends HostWorldTest {

  @Test
  void shouldServeSeveralBoardsWithSeveralEndpointsAndLeaveNothing() throws Exception {
    int boards = 2;
    int endpoints = 2;
    int count = 40;
    HostDomain vmA = world.createVm("a", boards);
    HostDomain vmB = world.createVm("b", boards);
    try (Mx a = Mx.init(VmBoards.attach(vmA));
        Mx b = Mx.init(VmBoards.attach(vmB))) {
      assertEquals(2 * boards, a.peers().size());
      List<Future<?>> all = new ArrayList<>();
      for (int board = 0; board < boards; board++) {
        for (int id = 0; id < endpoints; id++) {
          String to = "b:" + board;
          int remote = id;
          Endpoint server = b.openEndpoint(board, id, Echo.KEY);
          Endpoint client = a.openEndpoint(board, id, Echo.KEY);
          all.add(threads.submit(() -> Echo.serve(server, count)));
          all.add(
              threads.submit(() ->
                  Echo.ask(
                      client, client.connect(a.nicIdOf(to), remote, Echo.KEY, Echo.LONG), count)));
        }
      }
      for (Future<?> each : all) {
        each.get(40, SECONDS);
      }
    }
    world.assertNothingLeft();
    assertEquals(0, world.failures.get());
  }

  @Test
  void shouldConnectAgainAsOftenAsAVmComesBack() throws Exception {
    HostDomain vmA = world.createVm("a", 1);
    HostDomain vmB = world.createVm("b", 1);
    try (Mx b = Mx.init(VmBoards.attach(vmB))) {
      Endpoint server = b.openEndpoint(0, 0, Echo.KEY);
      for (int life = 0; life < 5; life++) {
        Future<?> serving = threads.submit(() -> Echo.serve(server, Echo.SIZES.length));
        try (Mx a = Mx.init(VmBoards.attach(vmA))) {
          Endpoint client = a.openEndpoint(0, 0, Echo.KEY);
          EndpointAddress to = client.connectWhenOpen("b", 0, Echo.KEY, Echo.LONG);
          Echo.ask(client, to, Echo.SIZES.length);
          serving.get(20, SECONDS);
        }
      }
    }
    world.assertNothingLeft();
  }

  @Test
  void shouldPlugAndUnplugWhileOthersGoOn() throws Exception {
    HostDomain vmA = world.createVm("a", 1);
    HostDomain vmB = world.createVm("b", 1);
    try (VmBoards boardsA = VmBoards.attach(vmA);
        Mx a = Mx.init(boardsA);
        Mx b = Mx.init(VmBoards.attach(vmB))) {
      Endpoint server = b.openEndpoint(0, 0, Echo.KEY);
      Endpoint client = a.openEndpoint(0, 0, Echo.KEY);
      EndpointAddress to = client.connect(server.board().nicId(), 0, Echo.KEY, Echo.LONG);
      for (int round = 0; round < 3; round++) {
        Future<?> serving = threads.submit(() -> Echo.serve(server, 400));
        Future<?> asking = threads.submit(() -> Echo.ask(client, to, 400));
        DeviceNodes nodes = world.plug(vmA.domid(), 1, "a");
        await().atMost(10, SECONDS).until(() -> boardsA.boards().size() == 2);
        Board plugged = boardsA.boards().get(1);
        EndpointPort port = boardsA.await(plugged.openEndpoint(0, WindowGeometry.SMALLEST));
        world.tree.requestUnplug(nodes);
        await().atMost(10, SECONDS).until(port::detached);
        world.tree.remove(nodes);
        await().atMost(10, SECONDS).until(() -> boardsA.boards().size() == 1);
        boardsA.await(port.close());
        asking.get(20, SECONDS);
        serving.get(20, SECONDS);
      }
    }
    world.assertNothingLeft();
  }

  @Test
  void shouldComeBackBehindAnotherDriverDomain() throws Exception {
    HostDomain vm = world.createVm("a", 1);
    try (VmBoards boards = VmBoards.attach(vm);
        Mx mx = Mx.init(boards)) {
      Board board = boards.boards().get(0);
      EndpointPort port = boards.await(board.openEndpoint(0, WindowGeometry.SMALLEST));

      world.driver.close();
      await().atMost(10, SECONDS).until(() -> port.detached() && !board.connected());
      world.driver = world.startDriver();
      await().atMost(10, SECONDS).until(board::connected);

      boards.await(port.close());
      Endpoint server = mx.openEndpoint(0, 0, Echo.KEY);
      Endpoint client = mx.openEndpoint(0, 1, Echo.KEY);
      Future<?> serving = threads.submit(() -> Echo.serve(server, 10));
      Echo.ask(client, client.connect(board.nicId(), 0, Echo.KEY, Echo.LONG), 10);
      serving.get(20, SECONDS);
    }
    world.assertNothingLeft();
    assertEquals(0, world.failures.get());
  }

  @Test
  void shouldHarmNobodyElseWhenAVmIsDestroyed() throws Exception {
    HostDomain vmA = world.createVm("a", 1);
    HostDomain vmB = world.createVm("b", 1);
    HostDomain doomed = world.createVm("doomed", 2);
    try (Mx a = Mx.init(VmBoards.attach(vmA));
        Mx b = Mx.init(VmBoards.attach(vmB));
        VmBoards leftover = VmBoards.attach(doomed)) {
      for (Board board : leftover.boards()) {
        leftover.await(board.openEndpoint(0, WindowGeometry.SMALLEST));
      }
      Endpoint server = b.openEndpoint(0, 0, Echo.KEY);
      Endpoint client = a.openEndpoint(0, 0, Echo.KEY);
      EndpointAddress to = client.connect(server.board().nicId(), 0, Echo.KEY, Echo.LONG);
      Future<?> serving = threads.submit(() -> Echo.serve(server, 400));
      Future<?> asking = threads.submit(() -> Echo.ask(client, to, 400));

      world.toolstack.destroyDomain(doomed.domid());

      await().atMost(10, SECONDS).until(() -> a.peers().size() == 2);
      asking.get(20, SECONDS);
      serving.get(20, SECONDS);
    }
    world.assertNothingLeft();
  }

  @Test
  void shouldEndWhenTheHypervisorIsGone() {
    HostDomain vm = world.createVm("a", 1);
    VmBoards boards = VmBoards.attach(vm);
    Board board = boards.boards().get(0);
    EndpointPort port = boards.await(board.openEndpoint(0, WindowGeometry.SMALLEST));
    assertFalse(port.detached());

    world.hypervisor.close();

    await().atMost(10, SECONDS).until(() -> port.detached() && !board.connected());
    await().atMost(10, SECONDS).until(() -> world.failures.get() > 0);
    boards.await(port.close());
    assertDoesNotThrow(boards::close);
    assertTrue(vm.hypervisorGone());
  }
}
