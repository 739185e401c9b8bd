package io.myrixen.tests.split;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.netfront.VmBoards;
import io.myrixen.xen.Domain;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** VMs with their control threads, against a driver domain with its own. */
@Timeout(60)
class VmBoardsTest {

  private static final NetfrontContext CONTEXT =
      new NetfrontContext(SECONDS.toNanos(10), SECONDS.toNanos(10));

  private final ThreadedWorld world = new ThreadedWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void shouldPassMessagesBetweenSleepersAndLeaveNothing() {
    try (Side a = new Side(world.createVm("a"));
        Side b = new Side(world.createVm("b"))) {
      assertEquals(b.board.nicId(), a.boards.await(a.board.peerByName("b:0")).nicId());
      for (int i = 0; i < 200; i++) {
        a.send(b, i);
        assertEquals(i, b.receive().matchInfo);
        b.send(a, i);
        assertEquals(i, a.receive().matchInfo);
      }
      a.boards.await(a.port.close());
    }
    assertNothingLeft();
  }

  @Test
  void shouldRunBackgroundWorkOnlyWhileTheApplicationIsAway() {
    try (Side from = new Side(world.createVm("a"));
        Side to = new Side(world.createVm("b"));
        Work work = new Work(to, SECONDS.toNanos(100))) {
      await().atMost(10, SECONDS).until(() -> work.runs.get() > 0);

      // Asleep in the library: every notification is the application's.
      for (int i = 0; i < 50; i++) {
        from.send(to, i);
        assertEquals(i, to.receive().matchInfo);
      }
      // Away: the control thread hears of the next one.
      await().pollDelay(50, MILLISECONDS).until(() -> true);
      int before = work.runs.get();
      new ControlLines(to.port.window()).vmAsleep(true);
      from.send(to, 99);
      await().atMost(10, SECONDS).until(() -> work.runs.get() > before);
      assertEquals(99, to.receive().matchInfo, "and no notification is lost for it");
    }
    assertNothingLeft();
  }

  @Test
  void shouldLetBackgroundWorkRestWhileTheApplicationSleepsForLong() {
    try (Side from = new Side(world.createVm("a"));
        Side to = new Side(world.createVm("b"));
        Work work = new Work(to, MILLISECONDS.toNanos(1))) {
      await().atMost(10, SECONDS).until(() -> work.runs.get() > 10);

      Thread sleeper = Thread.ofPlatform().start(to::receive);
      await().during(200, MILLISECONDS).atMost(10, SECONDS).until(new Unchanged(work.runs));

      int before = work.runs.get();
      from.send(to, 1);
      await().atMost(10, SECONDS).until(() -> !sleeper.isAlive() && work.runs.get() > before);
    }
    assertNothingLeft();
  }

  @Test
  void shouldWakeSleepersWhenTheDriverDomainDies() throws InterruptedException {
    Domain vm = world.createVm("a");
    try (VmBoards boards = VmBoards.attach(vm, CONTEXT)) {
      Board board = boards.boards().get(0);
      EndpointPort port = boards.await(board.openEndpoint(0, World.GEOMETRY));
      Thread sleeper =
          Thread.ofPlatform()
              .start(() -> {
                while (!port.detached()) {
                  port.await(-1);
                }
              });

      world.killDriver();

      sleeper.join(SECONDS.toMillis(10));
      assertFalse(sleeper.isAlive());
      await().atMost(10, SECONDS).until(() -> !board.connected());
      boards.await(port.close());
    }
  }

  @Test
  void shouldDetachAndStillCloseWhenTheHypervisorIsGone() {
    Domain vm = world.createVm("a");
    try (VmBoards boards = VmBoards.attach(vm, CONTEXT)) {
      Board board = boards.boards().get(0);
      EndpointPort port = boards.await(board.openEndpoint(0, World.GEOMETRY));

      world.hypervisor.destroy(vm.domid());

      await().atMost(10, SECONDS).until(() -> port.detached() && !board.connected());
      assertEquals(
          ReturnCode.NIC_DEAD,
          assertThrows(MxException.class, () -> boards.await(board.peers())).code());
      boards.await(port.close());
    }
    assertNothingLeft();
  }

  @Test
  void shouldGiveBackWhatIsOpenWhenItIsClosedAfterTheDriverDomainDied() {
    Domain vm = world.createVm("a");
    try (VmBoards boards = VmBoards.attach(vm, CONTEXT)) {
      Board board = boards.boards().get(0);
      EndpointPort port = boards.await(board.openEndpoint(0, World.GEOMETRY));
      world.killDriver();
      await().atMost(10, SECONDS).until(port::detached);
      await().atMost(10, SECONDS).until(() -> !board.connected());
    }
    assertNothingLeft();
  }

  @Test
  void shouldSayWhyThereAreNoBoards() {
    assertNoBoards(world.hypervisor.createDomain("without"), ReturnCode.NO_DEV, "/device/mx");
    Domain orphan = world.createVm("orphan");
    world.killDriver();
    assertNoBoards(orphan, ReturnCode.NO_DRIVER, "driver domain's end");
  }

  /** In the short time given, the control thread of a busy machine may not have looked at all. */
  private static void assertNoBoards(Domain vm, ReturnCode code, String reason) {
    NetfrontContext hasty = new NetfrontContext(SECONDS.toNanos(1), MILLISECONDS.toNanos(50));
    await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> {
          MxException none = assertThrows(MxException.class, () -> VmBoards.attach(vm, hasty));
          assertEquals(code, none.code());
          assertTrue(String.valueOf(none.getMessage()).contains(reason), none.getMessage());
        });
  }

  private void assertNothingLeft() {
    await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> {
          var counters = world.hypervisor.counters();
          assertEquals(0, counters.grantedPagesNow(), "granted pages");
          assertEquals(0, counters.mappingsNow(), "mappings");
          assertEquals(0, counters.portsNow(), "ports");
        });
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("netfront-")));
  }

  /** Whether a counter is what it was at the last look. */
  private static final class Unchanged implements Callable<Boolean> {
    private final AtomicInteger counter;
    private int seen = -1;

    Unchanged(AtomicInteger counter) {
      this.counter = counter;
    }

    @Override
    public Boolean call() {
      int before = seen;
      seen = counter.get();
      return seen == before;
    }
  }

  /** Counts how often it runs. */
  private static final class Work implements BackgroundWork, AutoCloseable {
    final AtomicInteger runs = new AtomicInteger();
    private final Side side;
    private final long againNs;

    Work(Side side, long againNs) {
      this.side = side;
      this.againNs = againNs;
      side.boards.addBackgroundWork(this);
    }

    @Override
    public long doWork(long nowNs) {
      runs.incrementAndGet();
      return againNs;
    }

    @Override
    public EndpointPort port() {
      return side.port;
    }

    @Override
    public void close() {
      side.boards.removeBackgroundWork(this);
    }
  }

  /** One VM's boards, and the raw window of an endpoint there, with a receiver that sleeps. */
  private static final class Side implements AutoCloseable {
    final VmBoards boards;
    final Board board;
    final EndpointPort port;
    private final ControlLines lines;
    private final SlotWriter commands;
    private final SlotReader events;
    private final Descriptor descriptor = new Descriptor();

    Side(Domain vm) {
      this.boards = VmBoards.attach(vm, CONTEXT);
      this.board = boards.boards().get(0);
      this.port = boards.await(board.openEndpoint(0, World.GEOMETRY));
      WindowLayout layout = new WindowLayout(port.geometry());
      this.lines = new ControlLines(port.window());
      this.commands =
          new SlotWriter(port.window(), layout.commandsOffset(), port.geometry().commandsLog2());
      this.events =
          new SlotReader(port.window(), layout.eventsOffset(), port.geometry().eventsLog2());
    }

    void send(Side to, long matchInfo) {
      while (commands.position() - lines.commandsConsumedAcquire()
          >= port.geometry().commandCount()) {
        Thread.onSpinWait();
      }
      descriptor.clear();
      descriptor.kind = Kind.TINY;
      descriptor.endpoint = to.port.endpointId();
      descriptor.nicId = to.board.nicId();
      descriptor.session = to.port.sessionId();
      descriptor.matchInfo = matchInfo;
      commands.write(descriptor);
      if (lines.nicAsleepAfterCommand()) {
        port.raise();
      }
    }

    Descriptor receive() {
      while (!events.poll(descriptor)) {
        lines.vmAsleep(true);
        if (!events.ready()) {
          port.await(-1);
        }
        lines.vmAsleep(false);
      }
      lines.eventsConsumedRelease(events.position(), 0);
      return descriptor;
    }

    @Override
    public void close() {
      boards.close();
    }
  }
}
