package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XenStoreClientTest extends OwnStoreContractTest {

  @Override
  XenStore open(int domid) {
    return new XenStoreClient(new MemoryTransport(store, domid, 7));
  }

  /**
   * Joins a client to a {@link StoreConnection} within one thread, in pieces of a few bytes.
   * Waiting for what nobody will send fails the test instead of hanging it.
   */
  private static final class MemoryTransport implements StoreTransport {
    private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    private final StoreConnection connection;
    private final int pieceBytes;
    private int taken;
    private boolean ended;

    MemoryTransport(Store store, int domid, int pieceBytes) {
      this.pieceBytes = pieceBytes;
      this.connection =
          new StoreConnection(
              store,
              domid,
              domid == 0,
              new StoreConnection.Sink() {
                @Override
                public int write(byte[] bytes, int offset, int length) {
                  toClient.write(bytes, offset, length);
                  return length;
                }

                @Override
                public void end() {
                  ended = true;
                }
              });
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int at = 0; at < length; at += pieceBytes) {
        connection.receive(bytes, offset + at, Math.min(pieceBytes, length - at));
      }
    }

    @Override
    public int read(byte[] into, int offset, int length, boolean blocking) {
      byte[] sent = toClient.toByteArray();
      int count = Math.min(Math.min(length, pieceBytes), sent.length - taken);
      System.arraycopy(sent, taken, into, offset, count);
      taken += count;
      if (count == 0 && ended) {
        return -1;
      }
      if (count == 0 && blocking) {
        throw new AssertionError("waits for ever");
      }
      return count;
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /** A store that says what it is told to. */
  private static final class ScriptedTransport implements StoreTransport {
    private final byte[] script;
    private int taken;
    private boolean closed;

    ScriptedTransport(String hex) {
      script = HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public int read(byte[] into, int offset, int length, boolean blocking) {
      int count = Math.min(length, script.length - taken);
      System.arraycopy(script, taken, into, offset, count);
      taken += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void shouldQueueEventsThatComeBeforeTheReply() {
    XenStoreClient client =
        new XenStoreClient(
            new ScriptedTransport(
                "0f000000 00000000 00000000 09000000 2f666f6f00 746f6b00"
                    + "02000000 01000000 00000000 01000000 33"));

    assertEquals("3", client.read("domid"));
    assertTrue(client.eventQueued());
    assertEquals(new XenStore.WatchEvent("/foo", "tok"), client.pollWatch());
    assertNull(client.pollWatch());
    assertTrue(client.disconnected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02000000 02000000 00000000 00000000", // Another request's reply.
        "03000000 01000000 00000000 00000000", // Another type.
        "02000000 01000000 00000000 01100000", // A payload too long.
        "02000000 01000000 00000000 05000000 31", // Ends early.
        "0f000000 00000000 00000000 01000000 31", // An event that is none.
        ""
      })
  void shouldTakeTheStoreForGoneWhenItBreaksTheProtocol(String hex) {
    ScriptedTransport transport = new ScriptedTransport(hex);
    XenStoreClient client = new XenStoreClient(transport);

    assertError("EIO", () -> client.read("/a"));
    assertTrue(client.disconnected());
    assertTrue(transport.closed);
    assertError("EIO", () -> client.read("/a"));
  }

  @Test
  void shouldGiveUpAListWhosePartsNeverEnd() {
    ScriptedTransport transport =
        new ScriptedTransport(
            "10000000 01000000 00000000 06000000 453242494700" // E2BIG
                + "16000000 02000000 00000000 02000000 3700"); // A generation, and no name.

    assertError("EIO", () -> new XenStoreClient(transport).list("/a"));
  }

  @Test
  void shouldPassControlCommandsOn() {
    Store controlled =
        new Store(
            StoreLimits.DEFAULT,
            (command, arguments) -> {
              if (command.equals("echo")) {
                return String.join(" ", arguments);
              }
              throw new XenStoreException("EINVAL", command);
            });
    controlled.introduce(GUEST);
    XenStoreClient toolstack = new XenStoreClient(new MemoryTransport(controlled, 0, 4096));
    XenStoreClient guest = new XenStoreClient(new MemoryTransport(controlled, GUEST, 4096));

    assertEquals("a b", toolstack.control("echo", "a", "b"));
    assertError("EINVAL", () -> toolstack.control("no-such-command"));
    assertError("EACCES", () -> guest.control("echo", "a"));
    assertEquals(0, controlled.operations());
    assertEquals(List.of("tool"), toolstack.list("/"));
  }
}
