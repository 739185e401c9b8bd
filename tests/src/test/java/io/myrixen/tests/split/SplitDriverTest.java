package io.myrixen.tests.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.EndpointPort.Region;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.netback.MxDevices;
import io.myrixen.netfront.SteppedBoards;
import io.myrixen.xen.Domain;
import io.myrixen.xen.bus.DeviceNodes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two VMs, netback and the NIC in one thread, over windows written by hand. */
class SplitDriverTest {

  private final World world = new World();
  private final Domain first = world.createVm("a");
  private final Domain second = world.createVm("b");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void shouldCarryATinyMessageFromOneVmToAnother() {
    Board boardA = world.connect(first);
    Board boardB = world.connect(second);
    EndpointPort a = open(boardA, 0);
    EndpointPort b = open(boardB, 3);
    long requestsBefore = world.driver.netback.counters().controlRequests();

    send(a, boardB.nicId(), b, 0x1234);
    world.step();

    Descriptor event = receive(b);
    assertEquals(Kind.TINY, event.kind);
    assertEquals(0x1234, event.matchInfo);
    assertEquals(boardA.nicId(), event.nicId);
    assertEquals(0, event.endpoint);
    assertEquals(
        requestsBefore,
        world.driver.netback.counters().controlRequests(),
        "no request per message");
    close(a);
    close(b);
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldWakeAVmAndTheNicByTheirBells() {
    Board boardA = world.connect(first);
    Board boardB = world.connect(second);
    EndpointPort a = open(boardA, 0);
    EndpointPort b = open(boardB, 0);
    world.driver.bells.drain();
    assertTrue(world.driver.nic.prepareToSleep());
    new ControlLines(b.window()).vmAsleep(true);

    send(a, boardB.nicId(), b, 7);
    assertTrue(new ControlLines(a.window()).nicAsleepAfterCommand());
    a.raise();
    assertTrue(world.driver.nicWaiter.await(0), "the VM's bell wakes the NIC");
    world.driver.nic.awake();
    b.await(TimeUnit.SECONDS.toNanos(1));

    assertEquals(7, receive(b).matchInfo);
    assertEquals(1, a.raised());
  }

  @Test
  void shouldKnowEachOtherByNameAndId() {
    Board boardA = world.connect(first);
    Board boardB = world.connect(second);
    var driver = world.vms.get(0);

    assertEquals("a:0", boardA.hostname());
    assertEquals(new Peer(boardB.nicId(), "b:0"), driver.await(boardA.peerByName("b:0")));
    assertEquals(new Peer(boardB.nicId(), "b:0"), driver.await(boardA.peerByNicId(boardB.nicId())));
    assertEquals(2, driver.await(boardA.peers()).size());
    MxException unknown = refusal(boardA.peerByName("c:0"));
    assertEquals(ReturnCode.HOST_NOT_FOUND, unknown.code());
    assertTrue(String.valueOf(unknown.getMessage()).contains("c:0"), unknown.getMessage());
    open(boardA, 5);
    open(boardA, 9);
    assertEquals(List.of(5, 9), driver.await(boardA.openEndpoints()));
  }

  @Test
  void shouldRefuseAnEndpointThatIsOpenOrOutOfRange() {
    Board board = world.connect(first);
    open(board, 1);

    assertEquals(ReturnCode.BUSY, refusal(board.openEndpoint(1, World.GEOMETRY)).code());
    assertEquals(
        ReturnCode.BAD_ENDPOINT,
        refusal(board.openEndpoint(board.maxEndpoints(), World.GEOMETRY)).code());
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldRegisterAndGiveBackRegions() {
    Board board = world.connect(first);
    EndpointPort port = open(board, 0);
    SteppedBoards driver = world.vms.get(0);
    long pagesBefore = world.driver.netback.counters().pinnedPages();

    Region region = driver.await(port.register(10_000));
    assertEquals(10_000, region.memory().byteSize());
    assertEquals(pagesBefore + 3, world.driver.netback.counters().pinnedPages());
    driver.await(region.deregister());

    assertEquals(pagesBefore, world.driver.netback.counters().pinnedPages());
    assertThrows(IllegalStateException.class, () -> region.memory().fill((byte) 1));
    Region kept = driver.await(port.register(1));
    close(port);
    assertThrows(IllegalStateException.class, () -> kept.memory().fill((byte) 1));
    assertThrows(IllegalStateException.class, () -> port.window().fill((byte) 1));
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldNameTheQuotaWhenAVmWantsMorePagesThanItMayPin() {
    Board board = world.connect(first);
    EndpointPort port = open(board, 0);

    MxException refusal = refusal(port.register(300L << 20));

    assertEquals(ReturnCode.NO_RESOURCES, refusal.code());
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldHarmNobodyElseWhenAVmDies() {
    Board boardA = world.connect(first);
    Board boardB = world.connect(second);
    open(boardA, 0);
    EndpointPort b = open(boardB, 0);
    world.vms.remove(0);

    world.hypervisor.destroy(first.domid());
    world.stepUntilQuiet();

    assertNull(world.toolstack.find(world.nodes(first).backend() + "/state"), "backend's nodes");
    assertEquals(1, world.driver.netback.counters().devices());
    assertEquals(1, world.driver.netback.counters().endpoints());
    assertTrue(boardB.connected());
    assertFalse(b.detached());
    EndpointPort again = open(boardB, 1);
    send(b, boardB.nicId(), again, 9);
    world.step();
    assertEquals(9, receive(again).matchInfo);
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldDetachAndComeBackWhenTheDeviceIsUnpluggedAndPluggedAgain() {
    Board board = world.connect(first);
    EndpointPort port = open(board, 0);

    world.tree.requestUnplug(world.nodes(first));
    world.stepUntilQuiet();
    assertTrue(port.detached());
    assertFalse(board.connected());
    assertEquals(ReturnCode.NIC_DEAD, refusal(board.peers()).code());
    assertEquals("6", world.toolstack.find(world.nodes(first).frontend() + "/state"));
    world.tree.remove(world.nodes(first));
    world.stepUntilQuiet();
    close(port);
    world.assertNothingLeft();

    MxDevices.create(world.tree, world.nodes(first), "a:0", 1);
    world.stepUntilQuiet();
    open(world.vms.get(0).boards().get(0), 0);
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldGiveBackWhatIsOpenOnADeviceThatIsNoMore() {
    Board board = world.connect(first);
    EndpointPort port = open(board, 0);
    world.tree.remove(world.nodes(first));
    world.stepUntilQuiet();
    assertTrue(port.detached());
    assertEquals(List.of(), world.vms.get(0).boards());

    closeVms();

    world.assertNothingLeft();
  }

  @Test
  void shouldGoOnWithAnotherDriverDomainWhenTheFirstDies() {
    Board board = world.connect(first);
    EndpointPort port = open(board, 0);
    DeviceNodes before = world.nodes(first);

    world.hypervisor.destroy(world.driver.domain.domid());
    world.driverRuns = false;
    Pending<List<Peer>> asked = board.peers();
    world.stepUntilQuiet();
    assertTrue(port.detached());
    assertEquals(ReturnCode.NIC_DEAD, refusal(asked).code());

    world.driver = world.new DriverDomain("driver2");
    world.driverRuns = true;
    world.tree.rebind(before, world.driver.domain.domid());
    world.stepUntilQuiet();

    assertTrue(board.connected(), world.vms.get(0).status());
    close(port);
    open(board, 0);
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldTimeOutWhenTheDriverDomainIsSilent() {
    Board board = world.connect(first);
    world.driverRuns = false;

    Pending<EndpointPort> opening = board.openEndpoint(0, World.GEOMETRY);
    world.step();
    world.clock.update(world.clock.nanoTime() + TimeUnit.SECONDS.toNanos(11));
    MxException late = refusal(opening);
    assertEquals(ReturnCode.TIMEOUT, late.code());

    // The answer that comes after all is for nobody: the endpoint is closed again.
    world.driverRuns = true;
    world.stepUntilQuiet();
    assertEquals(0, world.driver.netback.counters().endpoints());
    open(board, 0);
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldTakeALateIntroduction() {
    SteppedBoards vm = world.attach(first);
    String state = world.nodes(first).backend() + "/state";
    while (!"4".equals(world.toolstack.find(state))) {
      world.step();
    }
    world.driverRuns = false; // Stopped just before it says who the board is.
    world.step();
    world.clock.update(world.clock.nanoTime() + TimeUnit.SECONDS.toNanos(11));
    world.step();
    assertTrue(vm.status().contains("did not answer"), vm.status());

    world.driverRuns = true;
    world.stepUntilQuiet();

    assertTrue(vm.allConnected(), vm.status());
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldCloseAnEndpointAndNoOtherWhenItsWindowIsHostile() {
    Board board = world.connect(first);
    EndpointPort hostile = open(board, 0);
    EndpointPort good = open(board, 1);
    new ControlLines(hostile.window()).completionsConsumedRelease(1L << 60);
    Descriptor bad = new Descriptor();
    bad.kind = 250;
    writer(hostile).write(bad);

    world.stepUntilQuiet();

    assertEquals(1, world.driver.netback.counters().endpointFaults());
    assertEquals(1, world.driver.netback.counters().endpoints());
    hostile.await(0);
    assertTrue(hostile.detached());
    assertFalse(good.detached());
    close(hostile);
    closeVms();
    world.assertNothingLeft();
  }

  @Test
  void shouldRefuseASecondBackendForABoard() {
    Board board = world.connect(first);
    DeviceNodes second = new DeviceNodes(this.second.domid(), world.driver.domain.domid(), 7);

    world.tree.create(second, Map.of(), MxDevices.keys(board.nicId(), "x:7", 1));
    SteppedBoards vm = world.attach(this.second);
    world.stepUntilQuiet();

    assertFalse(vm.allConnected());
    assertTrue(vm.status().contains("is served by another backend already"), vm.status());
    assertTrue(board.connected());
  }

  @Test
  void shouldLetGoOfEveryVmWhenTheDriverDomainShutsDown() {
    Board board = world.connect(first);
    EndpointPort port = open(board, 0);

    world.driver.netback.shutDown();
    world.stepUntilQuiet();

    assertTrue(world.driver.netback.idle());
    assertTrue(port.detached());
    close(port);
    world.assertNothingLeft();
  }

  private EndpointPort open(Board board, int endpointId) {
    return world.vms.get(0).await(board.openEndpoint(endpointId, World.GEOMETRY));
  }

  private void close(EndpointPort port) {
    world.vms.get(0).await(port.close());
  }

  private MxException refusal(Pending<?> pending) {
    return assertThrows(MxException.class, () -> world.vms.get(0).await(pending));
  }

  /** Each VM parts with its devices while the others go on. */
  private void closeVms() {
    for (SteppedBoards vm : List.copyOf(world.vms)) {
      vm.close();
      world.vms.remove(vm);
    }
  }

  private static SlotWriter writer(EndpointPort port) {
    WindowLayout layout = new WindowLayout(port.geometry());
    return new SlotWriter(port.window(), layout.commandsOffset(), port.geometry().commandsLog2());
  }

  private static void send(EndpointPort from, long nicId, EndpointPort to, long matchInfo) {
    Descriptor tiny = new Descriptor();
    tiny.kind = Kind.TINY;
    tiny.endpoint = to.endpointId();
    tiny.nicId = nicId;
    tiny.session = to.sessionId();
    tiny.matchInfo = matchInfo;
    tiny.length = 8;
    tiny.detail0 = 42;
    writer(from).write(tiny);
  }

  private static Descriptor receive(EndpointPort port) {
    WindowLayout layout = new WindowLayout(port.geometry());
    SlotReader reader =
        new SlotReader(port.window(), layout.eventsOffset(), port.geometry().eventsLog2());
    Descriptor event = new Descriptor();
    assertTrue(reader.poll(event), "an event");
    return event;
  }
}
