package io.myrixen.driver.hypervisor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store's protocol on the real socket, spoken by hand. */
@Timeout(60)
final class StoreSocketTest {

  private static final int READ = 2;
  private static final int WATCH = 4;
  private static final int START = 6;
  private static final int END = 7;
  private static final int WRITE = 11;
  private static final int WATCH_EVENT = 15;
  private static final int HEADER_BYTES = 16;

  @TempDir private Path directory;
  private HypervisorService service;
  private HostToolstack toolstack;

  @BeforeEach
  void start() {
    service = HypervisorService.start(directory.resolve("run"));
    toolstack = HostToolstack.connect(service.runDirectory());
  }

  @AfterEach
  void shouldServeTheOthersStill() {
    try (XenStore store = toolstack.openStore()) {
      assertEquals("Domain-0", store.read("/local/domain/0/name"));
    }
    toolstack.close();
    service.close();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(service.runDirectory().resolve("toolstack")));
    return channel;
  }

  private static ByteBuffer message(int type, int transaction, String payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(0)
        .putInt(transaction)
        .putInt(payload.length())
        .put(payload.getBytes(ISO_8859_1))
        .flip();
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      ByteBuffer one = bytes.slice(bytes.position(), 1);
      assertEquals(1, channel.read(one), "the connection ended");
      bytes.get();
    }
    return bytes.flip();
  }

  /** Takes the next reply, a byte at a time, and leaves out events. */
  private static String reply(SocketChannel channel) throws IOException {
    while (true) {
      ByteBuffer header = read(channel, HEADER_BYTES);
      String payload = ISO_8859_1.decode(read(channel, header.getInt(12))).toString();
      if (header.getInt(0) != WATCH_EVENT) {
        return payload.replace("\0", "");
      }
    }
  }

  private static String ask(SocketChannel channel, int type, int transaction, String payload)
      throws IOException {
    channel.write(message(type, transaction, payload));
    return reply(channel);
  }

  private static boolean hungUp(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("reset");
    }
  }

  @Test
  void shouldServeTwoClientsThatSendAndReadByteByByteInTurn() throws IOException {
    try (SocketChannel one = connect();
        SocketChannel two = connect()) {
      ByteBuffer first = message(WRITE, 0, "/x/one\0001");
      ByteBuffer second = message(WRITE, 0, "/x/two\0002");
      while (first.hasRemaining() || second.hasRemaining()) {
        one.write(first.slice(first.position(), 1));
        first.get();
        two.write(second.slice(second.position(), 1));
        second.get();
      }
      assertEquals("OK", reply(one));
      assertEquals("OK", reply(two));
      assertEquals("2", ask(one, READ, 0, "/x/two\0"));
      assertEquals("1", ask(two, READ, 0, "/x/one\0"));
    }
  }

  @Test
  void shouldKeepTheTransactionsOfTwoClientsApart() throws IOException {
    try (SocketChannel one = connect();
        SocketChannel two = connect()) {
      assertEquals("1", ask(one, START, 0, "\0"));
      assertEquals("1", ask(two, START, 0, "\0"));
      assertEquals("OK", ask(one, WRITE, 1, "/x\0of one"));
      assertEquals("OK", ask(two, WRITE, 1, "/x\0of two"));
      assertEquals("OK", ask(one, END, 1, "T\0"));
      assertEquals("EAGAIN", ask(two, END, 1, "T\0"));
      assertEquals("of one", ask(two, READ, 0, "/x\0"));
    }
  }

  @Test
  void shouldHangUpOnAnImpossibleLengthAndForgetHalfAHeader() throws IOException {
    try (SocketChannel half = connect();
        SocketChannel huge = connect()) {
      half.write(message(READ, 0, "/\0").limit(9));
      huge.write(message(READ, 0, "/\0").limit(HEADER_BYTES).putInt(12, -1));
      assertTrue(hungUp(huge));
    }
  }

  @Test
  void shouldGrantNoMoreOfAHundredThousandWatchesThanTheQuota() throws IOException {
    int batch = 100;
    int granted = 0;
    int refused = 0;
    try (SocketChannel channel = connect()) {
      var replies = new ReplyReader(channel);
      for (int i = 0; i < 100_000; i += batch) {
        ByteBuffer requests = ByteBuffer.allocate(batch * 64);
        for (int k = 0; k < batch; k++) {
          requests.put(message(WATCH, 0, "/w\0token-" + (i + k) + "\0"));
        }
        channel.write(requests.flip());
        for (int k = 0; k < batch; k++) {
          switch (replies.next()) {
            case "OK" -> granted++;
            case "E2BIG" -> refused++;
            default -> throw new AssertionError("after " + (i + k));
          }
        }
      }
    }
    assertEquals(8_192, granted);
    assertEquals(100_000 - granted, refused);
  }

  /** Replies of one connection, taken in large pieces. */
  private static final class ReplyReader {
    private final SocketChannel channel;
    private final ByteBuffer bytes =
        ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).flip();

    ReplyReader(SocketChannel channel) {
      this.channel = channel;
    }

    String next() throws IOException {
      while (true) {
        need(HEADER_BYTES);
        int type = bytes.getInt(bytes.position());
        int length = bytes.getInt(bytes.position() + 12);
        need(HEADER_BYTES + length);
        var payload = new byte[length];
        bytes.position(bytes.position() + HEADER_BYTES).get(payload);
        if (type != WATCH_EVENT) {
          return new String(payload, ISO_8859_1).replace("\0", "");
        }
      }
    }

    private void need(int count) throws IOException {
      while (bytes.remaining() < count) {
        bytes.compact();
        int got = channel.read(bytes);
        bytes.flip();
        assertTrue(got > 0, "the connection ended");
      }
    }
  }

  @Test
  void shouldForgetTheTransactionsOfAGuestThatHungUp() throws IOException {
    try (var guest = HostDomain.attach(toolstack.createDomain("guest").tokenFile());
        XenStore all = toolstack.openStore()) {
      String root = "/local/domain/" + guest.domid();
      all.setPermissions(root, List.of(new StorePermission(guest.domid(), Access.NONE)));
      for (int round = 0; round < 50; round++) {
        XenStore store = guest.openStore();
        nest(store, 10, round);
        store.close();
      }
    }
  }

  /** Opens transactions in one another, as many as a domain may have, and hangs up inside. */
  private static void nest(XenStore store, int depth, int round) {
    if (depth == 0) {
      store.close();
      return;
    }
    try {
      store.transact(view -> {
        view.write("data/x", Integer.toString(round));
        nest(store, depth - 1, round);
        return depth;
      });
    } catch (XenStoreException e) {
      if (e.error().equals("ENOSPC")) {
        // The end of the last connection has not come through yet.
        LockSupport.parkNanos(1_000_000);
        nest(store, depth, round);
      } else {
        assertEquals("EIO", e.error());
      }
    }
  }

  @Test
  void shouldLeaveNothingOfAClientThatIsKilledInsideATransaction()
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Victim.class.getName(), service.runDirectory().toString()));
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (XenStore store = toolstack.openStore()) {
      assertEquals("inside", victim.inputReader(StandardCharsets.US_ASCII).readLine());
      assertNull(store.find("/half"));

      victim.destroyForcibly().waitFor();

      store.write("/half/whole", "mine");
      assertEquals(List.of("whole"), store.list("/half"));
    } finally {
      victim.destroyForcibly();
    }
  }

  /** Changes much in a transaction, and waits in it to be killed. */
  static final class Victim {

    private Victim() {}

    /** Runs as {@code RUN-DIRECTORY}. */
    public static void main(String[] args) {
      try (var toolstack = HostToolstack.connect(Path.of(args[0]));
          XenStore store = toolstack.openStore()) {
        store.watch("/half", "t");
        store.<Boolean>transact(view -> {
          view.write("/half/a/b", "1");
          view.remove("/tool");
          System.out.println("inside");
          while (true) {
            LockSupport.park();
          }
        });
      }
    }
  }
}
