package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Opening endpoints and looking names up. */
class MxTest {

  private final World world = new World();
  private final Mx mx = Mx.init(world);

  private static void refuses(ReturnCode code, String value, Executable call) {
    MxException refused = assertThrows(MxException.class, call);
    assertEquals(code, refused.code(), refused::toString);
    assertTrue(refused.toString().contains(value), refused::toString);
  }

  private Endpoint open(int board, int id) {
    return mx.openEndpoint(board, id, World.KEY, World.options());
  }

  @Test
  void shouldTryEachBoardBeforeTheNextId() {
    for (int i = 0; i < World.BOARDS + 1; i++) {
      Endpoint endpoint = open(Mx.ANY_NIC, Mx.ANY_ENDPOINT);
      assertEquals(i % World.BOARDS, endpoint.board().number());
      assertEquals(i / World.BOARDS, endpoint.id());
    }
    assertEquals(2, open(2, Mx.ANY_ENDPOINT).id() + 1);
    assertEquals(0, open(Mx.ANY_NIC, 5).board().number());
    assertEquals(1, open(Mx.ANY_NIC, 5).board().number());
  }

  @Test
  void shouldNameWhatCannotBeOpened() {
    refuses(ReturnCode.BOARD_UNKNOWN, "9", () -> open(9, 0));
    refuses(ReturnCode.BAD_ENDPOINT, "8", () -> open(0, World.MAX_ENDPOINTS));
    refuses(ReturnCode.BAD_ENDPOINT, "4294967294", () -> open(0, -2));
    open(0, 3);
    refuses(ReturnCode.BUSY, "3", () -> open(0, 3));
    for (int i = 0; i < World.MAX_ENDPOINTS - 1; i++) {
      open(0, Mx.ANY_ENDPOINT);
    }
    refuses(ReturnCode.BUSY, "8", () -> open(0, Mx.ANY_ENDPOINT));
  }

  @Test
  void shouldLookNamesUp() {
    assertEquals(World.FIRST_NIC + 1, mx.nicIdOf("vm1"));
    assertEquals(World.FIRST_NIC + 1, mx.nicIdOf("vm1:0"));
    assertEquals("vm1:0", mx.hostnameOf(World.FIRST_NIC + 1));
    assertEquals(World.BOARDS, mx.peers().size());
    refuses(ReturnCode.HOST_NOT_FOUND, "vm9:0", () -> mx.nicIdOf("vm9"));
    refuses(ReturnCode.NIC_NOT_FOUND, "77", () -> mx.hostnameOf(0x77));
  }

  @Test
  void shouldCloseItsEndpoints() {
    Endpoint endpoint = open(0, 0);
    mx.close();
    mx.close();

    refuses(ReturnCode.BAD_ENDPOINT, "closed", () -> endpoint.allocate(1));
    refuses(ReturnCode.NOT_INITIALIZED, "closed", () -> open(0, 0));
    assertTrue(world.nic.sides.isEmpty());
  }

  @Test
  void shouldSayWhatAProcessWithoutBoardsLacks() {
    refuses(ReturnCode.NO_DRIVER, "myrixen-netfront", Mx::init);
  }

  @Test
  void shouldRefuseOptionsThatCannotBe() {
    EndpointOptions options = EndpointOptions.fromEnvironment();
    refuses(ReturnCode.BAD_PARAM_VAL, "127", () -> options.withRendezvousThreshold(127));
    refuses(ReturnCode.BAD_PARAM_VAL, "32769", () -> options.withRendezvousThreshold(32_769));
    refuses(ReturnCode.BAD_PARAM_VAL, "1000000", () -> options.withStagingBytes(1_000_000));
    refuses(ReturnCode.BAD_PARAM_VAL, "linger", () -> options.withLinger(Duration.ofSeconds(-1)));
    assertEquals(32_768, options.rendezvousThreshold());
    assertEquals(512, options.zombieSends());
  }
}
