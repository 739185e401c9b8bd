package io.myrixen.driver.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.service.SampleCounters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CountersReportTest {

  private final CountersReport report =
      new CountersReport(
          List.of(
              new BoardInfo(
                  "alice",
                  2,
                  0,
                  "alice:0",
                  0x0200_0000_0001L,
                  BoardWay.VM,
                  "connected",
                  List.of(1, 5))),
          SampleCounters.of(
              Map.of(
                  "board.020000000001.tiny", 1234L,
                  "board.020000000001.received-nack", 2L,
                  "endpoint.020000000001.1.tiny", 7L,
                  "endpoint.020000000001.5.received-nack", 2L)));

  @Test
  void shouldAlignWhatHasBeenCountedByBoardAndEndpoint() {
    assertEquals(
        """
        alice:0 02:00:00:00:00:01
          counter         board   endpoint 1   endpoint 5
          Send Tiny        1234            7            0
          Recv Nack Lib       2            0            2
        """,
        report.text());
  }

  @Test
  void shouldTellMachinesWhatIsZeroToo() {
    String json = Json.write(report.json());
    assertTrue(json.contains("\"Send Tiny\":1234"), json);
    assertTrue(json.contains("\"Send Small\":0"), json);
    assertTrue(json.contains("{\"endpoint\":5,\"counters\":{"), json);
  }
}
