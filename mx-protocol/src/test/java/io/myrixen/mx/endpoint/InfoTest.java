package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.InfoKey;
import io.myrixen.mx.InfoValue;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What MX tells about boards, codes and counts. */
class InfoTest {

  private final World world = new World();
  private final Mx mx = Mx.init(world);

  private static void refuses(ReturnCode code, Runnable call) {
    assertEquals(code, assertThrows(MxException.class, call::run).code());
  }

  @Test
  void shouldHaveMxsKeys() {
    assertEquals(
        IntStream.rangeClosed(1, 16).boxed().toList(),
        Arrays.stream(InfoKey.values()).map(InfoKey::number).toList());
  }

  @Test
  void shouldAnswerEveryKey() {
    for (InfoKey key : InfoKey.values()) {
      switch (mx.info(key, 1)) {
        case InfoValue.Number(long value) -> assertTrue(value >= 0, key::toString);
        case InfoValue.Text(String value) -> assertTrue(value.length() <= 128, key::toString);
        case InfoValue.Numbers(List<Long> values) -> assertTrue(!values.isEmpty(), key::toString);
        case InfoValue.Texts(List<String> values) -> assertTrue(!values.isEmpty(), key::toString);
      }
    }
  }

  @Test
  void shouldTellWhatBoardsThereAre() {
    assertEquals(new InfoValue.Number(World.BOARDS), mx.info(InfoKey.NIC_COUNT, 99));
    assertEquals(
        new InfoValue.Numbers(
            List.of(1L, 2L, 3L, 4L).stream().map(i -> 0x020000000000L + i).toList()),
        mx.info(InfoKey.NIC_IDS, 99));
    assertEquals(
        new InfoValue.Number(World.MAX_ENDPOINTS), mx.info(InfoKey.MAX_NATIVE_ENDPOINTS, 0));
    assertEquals(new InfoValue.Text("02:00:00:00:00:02"), mx.info(InfoKey.SERIAL_NUMBER, 1));
    assertEquals(new InfoValue.Number(32_768), mx.info(InfoKey.COPY_SEND_MAX, 1));
    assertEquals(new InfoValue.Number(128), mx.info(InfoKey.PIO_SEND_MAX, 1));
    refuses(ReturnCode.BOARD_UNKNOWN, () -> mx.info(InfoKey.PORT_COUNT, 99));
    refuses(ReturnCode.BOARD_UNKNOWN, () -> mx.info(InfoKey.COUNTERS_VALUES, 99));
  }

  @Test
  void shouldFindBoardsByNumberAndId() {
    assertEquals(World.FIRST_NIC + 2, mx.board(2).nicId());
    assertSame(mx.board(2), mx.boardOf(World.FIRST_NIC + 2));
    refuses(ReturnCode.BOARD_UNKNOWN, () -> mx.board(-2));
    refuses(ReturnCode.NIC_NOT_FOUND, () -> mx.boardOf(5));
  }

  @Test
  void shouldCountOverOpenAndClosedEndpointsOfABoard() {
    for (int i = 0; i < 3; i++) {
      Endpoint endpoint = mx.openEndpoint(1, i, World.KEY, World.options());
      endpoint.isend(TwoEndpoints.message(10), endpoint.address(), 1, null);
      if (i > 0) {
        endpoint.close();
      }
    }
    var labels = assertInstanceOf(InfoValue.Texts.class, mx.info(InfoKey.COUNTERS_LABELS, 1));
    var values = assertInstanceOf(InfoValue.Numbers.class, mx.info(InfoKey.COUNTERS_VALUES, 1));
    var others = assertInstanceOf(InfoValue.Numbers.class, mx.info(InfoKey.COUNTERS_VALUES, 2));

    assertEquals(EndpointCounters.labels(), labels.values());
    assertEquals(new InfoValue.Number(values.values().size()), mx.info(InfoKey.COUNTERS_COUNT, 1));
    assertEquals(3, values.values().get(labels.values().indexOf("self sent")));
    assertEquals(30, values.values().get(labels.values().indexOf("bytes sent")));
    assertTrue(others.values().stream().allMatch(value -> value == 0));
    assertEquals(labels.values().size(), labels.values().stream().distinct().count());
  }

  @Test
  void shouldHaveATextForEveryCode() {
    for (ReturnCode code : ReturnCode.values()) {
      assertSame(code, ReturnCode.of(code.number()));
      assertTrue(!code.text().isBlank());
    }
    for (StatusCode code : StatusCode.values()) {
      assertSame(code, StatusCode.of(code.number()));
      assertTrue(!code.text().isBlank());
    }
    assertSame(ReturnCode.FAILURE, ReturnCode.of(99));
    assertSame(StatusCode.REJECTED, StatusCode.of(99));
  }
}
