package io.myrixen.xen.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import io.myrixen.xen.host.DomainRequest.AllocatePort;
import io.myrixen.xen.host.DomainRequest.BindPort;
import io.myrixen.xen.host.DomainRequest.ClosePort;
import io.myrixen.xen.host.DomainRequest.EndAccess;
import io.myrixen.xen.host.DomainRequest.Grant;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Leave;
import io.myrixen.xen.host.DomainRequest.Malformed;
import io.myrixen.xen.host.DomainRequest.MapList;
import io.myrixen.xen.host.DomainRequest.Offer;
import io.myrixen.xen.host.DomainRequest.Purpose;
import io.myrixen.xen.host.DomainRequest.Unmap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class DomainRequestTest {

  private static ByteBuffer bytes(DomainRequest request) {
    ByteBuffer body =
        ByteBuffer.allocate(DomainFrame.MAX_REQUEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    request.writeBody(body);
    return body.flip();
  }

  private static String hex(ByteBuffer body) {
    var bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void shouldReadBackWhatItWrote() {
    List<DomainRequest> requests =
        List.of(
            new Grant(3, 1 << 20, Access.READ_ONLY),
            new Offer(8),
            new EndAccess(-1),
            new Unmap(7),
            new AllocatePort(65_535),
            new BindPort(2, 9),
            new ClosePort(1),
            new Leave());
    for (DomainRequest request : requests) {
      assertEquals(request, DomainRequest.read(request.kind(), bytes(request)));
    }
  }

  @Test
  void shouldReadBackAHello() {
    Token token = Token.random();
    var request = new Hello(DomainFrame.VERSION, Purpose.STORE, 5, token);
    ByteBuffer body = bytes(request);

    assertEquals(44, body.remaining());
    var read = assertInstanceOf(Hello.class, DomainRequest.read(request.kind(), body));
    assertEquals(Purpose.STORE, read.purpose());
    assertEquals(5, read.domid());
    assertTrue(read.token().matches(token));
  }

  @Test
  void shouldSendAListAsRuns() {
    int[] references = {8, 9, 10, 7, 7, 100, 101};
    var request = new MapList(4, Access.READ_WRITE, new ReferenceList(references));
    ByteBuffer body = bytes(request);

    assertEquals(
        "0400000001000000" // owner, access
            + "04000000" // runs
            + "0800000003000000"
            + "0700000001000000"
            + "0700000001000000"
            + "6400000002000000",
        hex(body));
    var read = assertInstanceOf(MapList.class, DomainRequest.read(request.kind(), body));
    assertArrayEquals(references, read.references().references());
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertEquals(new Malformed(99, "kind", 99), read(99, 0));
    assertEquals(new Malformed(Grant.KIND, "length of the body", 4), read(Grant.KIND, 1));
    assertEquals(new Malformed(Grant.KIND, "access", 2), read(Grant.KIND, 1, 1, 2));
    assertEquals(new Malformed(MapList.KIND, "length of the body", 4), read(MapList.KIND, 1));
    assertEquals(new Malformed(MapList.KIND, "number of runs", -1), read(MapList.KIND, 1, 0, -1));
    assertEquals(
        new Malformed(MapList.KIND, "number of runs", DomainFrame.MAX_RUNS + 1),
        read(MapList.KIND, 1, 0, DomainFrame.MAX_RUNS + 1));
    assertEquals(new Malformed(MapList.KIND, "length of the runs", 0), read(MapList.KIND, 1, 0, 1));
    assertEquals(
        new Malformed(MapList.KIND, "length of a run", 0), read(MapList.KIND, 1, 0, 1, 8, 0));
    assertEquals(
        new Malformed(MapList.KIND, "pages to map", Integer.MAX_VALUE),
        read(MapList.KIND, 1, 0, 1, 8, Integer.MAX_VALUE));
  }

  private static DomainRequest read(int kind, int... fields) {
    ByteBuffer body =
        ByteBuffer.allocate(fields.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int field : fields) {
      body.putInt(field);
    }
    return DomainRequest.read(kind, body.flip());
  }

  @RepeatedTest(200)
  void shouldNeverThrowOnWhatAClientSent() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    var bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    int kind = random.nextInt(12);

    assertNotNull(
        DomainRequest.read(kind, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)),
        "-Dmyrixen.seed=" + seed);
  }

  @Test
  void shouldKeepATokenOutOfItsMessages() {
    String almost = "ab".repeat(31);
    XenException e = assertThrows(XenException.class, () -> Token.parse(almost));
    assertEquals("a token has 64 hex digits, this text has not", e.getMessage());
    assertTrue(Token.parse(almost + "cd").matches(Token.parse(almost + "CD")));
  }
}
