package io.myrixen.tests.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.process.BoardWay;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlRequest.OpenBoard;
import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.netfront.NativeBoards;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.xen.XenException;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.NotifySocket;
import io.myrixen.xen.linux.UnixStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the native socket that keep no rule: they lose what they have, and nobody else. */
@Timeout(60)
class NativeSocketTest {

  private static final PageList NO_PAGES = new PageList(1, List.of(0));

  @TempDir private Path directory;
  private final MemorySegment entry = Arena.ofAuto().allocate(ControlRing.ENTRY_BYTES);
  private HostWorld world;

  @BeforeEach
  void boot() {
    world = new HostWorld(directory.resolve("run"));
  }

  @AfterEach
  void close() {
    try (BoardDriver sound = sound("sound:0")) {
      EndpointPort port =
          sound.await(sound.boards().getFirst().openEndpoint(0, WindowGeometry.SMALLEST));
      assertEquals(8192, sound.await(port.register(8192)).memory().byteSize());
    }
    world.assertNothingLeft();
    assertEquals(0, world.failures.get());
    world.close();
  }

  private BoardDriver sound(String name) {
    return NativeBoards.attach(world.nativeSocket(), name, NetfrontContext.fromSystemProperties());
  }

  private UnixStream connect() {
    return UnixStream.connect(world.nativeSocket());
  }

  private ControlResponse call(UnixStream client, ControlRequest request) {
    request.write(7, entry, 0);
    client.send(entry);
    return answer(client);
  }

  private ControlResponse answer(UnixStream client) {
    int received = 0;
    while (received < ControlRing.ENTRY_BYTES) {
      int count = client.receive(entry.asSlice(received), true);
      assertTrue(count > 0, "the driver domain hung up");
      received += count;
    }
    return assertInstanceOf(ControlResponse.class, ControlResponse.read(entry, 0));
  }

  private static void assertHungUp(UnixStream client, MemorySegment into) {
    while (client.receive(into, true) != UnixStream.END) {
      // Answers that were on their way.
    }
  }

  private static OpenBoard openBoard(String name) {
    return new OpenBoard(name, ControlRing.VERSION_MAX, WindowLayout.VERSION);
  }

  @Test
  void shouldBeThisUsersAlone() throws Exception {
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(world.nativeSocket())));
  }

  @Test
  void shouldAnswerWhoeverHasNoBoardYetWithNothingButThat() {
    try (UnixStream client = connect()) {
      assertEquals(ReturnCode.NO_DEV, call(client, new ControlRequest.BoardInfo()).code());
      assertEquals(
          ReturnCode.NO_DEV,
          call(client, new ControlRequest.OpenEndpoint(0, WindowGeometry.SMALLEST, NO_PAGES, 0))
              .code());
      var newer = new OpenBoard("x:0", ControlRing.VERSION_MAX + 1, WindowLayout.VERSION);
      assertEquals(Detail.PROTOCOL_VERSION.code(), call(client, newer).detailCode());
      var other = new OpenBoard("x:0", ControlRing.VERSION_MAX, WindowLayout.VERSION + 1);
      assertEquals(Detail.WINDOW_VERSION.code(), call(client, other).detailCode());
      assertEquals(Detail.HOSTNAME.code(), call(client, openBoard("no name")).detailCode());

      ControlResponse board = call(client, openBoard("x:0"));
      assertEquals("x:0", ((ControlResponse.Board) board.result()).hostname());
      assertEquals(ReturnCode.BUSY, call(client, openBoard("y:0")).code());
    }
  }

  @Test
  void shouldRefuseANameThatIsTakenUntilItIsFree() {
    try (BoardDriver first = sound("twin:0")) {
      assertEquals(1, first.boards().size());
      MxException refused = assertThrows(MxException.class, () -> sound("twin:0"));
      assertEquals(ReturnCode.NO_DRIVER, refused.code());
      assertTrue(String.valueOf(refused.getMessage()).contains("host name"), refused::getMessage);
    }
    await()
        .atMost(10, SECONDS)
        .ignoreException(MxException.class)
        .until(() -> {
          sound("twin:0").close();
          return true;
        });
  }

  @Test
  void shouldHoldEachToItsQuotas() {
    try (BoardDriver greedy = sound("greedy:0")) {
      Board board = greedy.boards().getFirst();
      EndpointPort port = greedy.await(board.openEndpoint(0, WindowGeometry.SMALLEST));
      MxException refused =
          assertThrows(MxException.class, () -> greedy.await(port.register(1L << 30)));
      assertEquals(ReturnCode.NO_RESOURCES, refused.code());
      assertTrue(String.valueOf(refused.getMessage()).contains("pinned pages"));
    }
  }

  @Test
  void shouldHangUpOnWhoSendsADescriptor() {
    NotifySocket.Pair pair = NotifySocket.pair();
    try (UnixStream client = connect();
        Descriptor near = pair.near();
        Descriptor far = pair.far()) {
      openBoard("x:0").write(7, entry, 0);
      assertTrue(client.trySend(entry, List.of(near, far)));
      assertHungUp(client, entry);
    }
  }

  @Test
  void shouldHangUpOnWhoNeverReads() {
    try (UnixStream client = connect()) {
      assertEquals(ReturnCode.SUCCESS, call(client, openBoard("x:0")).code());
      new ControlRequest.BoardInfo().write(7, entry, 0);
      assertThrows(
          XenException.class,
          () -> {
            while (true) {
              client.send(entry);
            }
          });
    }
  }

  @Test
  void shouldTakeBackWhatAnEndInTheMiddleOfARequestLeaves() {
    try (UnixStream client = connect()) {
      call(client, openBoard("x:0"));
      var open = new ControlRequest.OpenEndpoint(0, WindowGeometry.SMALLEST, NO_PAGES, 0);
      assertEquals(ReturnCode.SUCCESS, call(client, open).code());
      open.write(8, entry, 0);
      client.send(entry.asSlice(0, 100));
    }
    try (UnixStream client = connect()) {
      openBoard("z:0").write(7, entry, 0);
      client.send(entry); // Gone before it is answered.
    }
  }

  @Test
  void shouldServeTheOthersWhileManyConnectAndSayNothing() {
    List<UnixStream> silent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      silent.add(connect());
    }
    try (BoardDriver vm = world.open(BoardWay.VM, "vm")) {
      assertEquals(1, vm.boards().size());
    }
    silent.forEach(UnixStream::close);
  }

  @Test
  void shouldAnswerGarbageOrHangUp() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    byte[] garbage = new byte[ControlRing.ENTRY_BYTES];
    try (UnixStream client = connect()) {
      call(client, openBoard("x:0"));
      for (int i = 0; i < 500; i++) {
        random.nextBytes(garbage);
        garbage[0] = (byte) random.nextInt(12);
        garbage[1] = 0;
        if (random.nextBoolean()) {
          garbage[9] = 0; // A small endpoint id.
          garbage[10] = 0;
          garbage[11] = 0;
        }
        MemorySegment.copy(garbage, 0, entry, ValueLayout.JAVA_BYTE, 0, 128);
        client.send(entry);
        answer(client);
        for (Descriptor got = client.takeDescriptor(); got != null; got = client.takeDescriptor()) {
          got.close();
        }
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed=" + seed, e);
    }
  }
}
