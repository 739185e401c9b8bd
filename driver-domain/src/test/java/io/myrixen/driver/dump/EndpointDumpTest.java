package io.myrixen.driver.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.report.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class EndpointDumpTest {

  private static final BoardInfo BOARD =
      new BoardInfo(
          "alice", 2, 0, "alice:0", 0x0200_0000_0001L, BoardWay.VM, "connected", List.of(1));

  private static final String ANSWER =
      """
      thread state=away waits-for=nothing
      posted receives=2
      receive info=2a mask=ffff bytes=100
      receive info=7 mask=ffff bytes=1000000
      partners count=0
      waits for=message-for-a-posted-receive count=2\
      """;

  private static EndpointDump dump(Answer answer) {
    return new EndpointDump(BOARD, 1, Map.of("commands-taken", 12L), answer);
  }

  private static Answer told() {
    return new Answer.Told(Objects.requireNonNull(DumpLine.parse(ANSWER)));
  }

  @Test
  void shouldPutListsInTablesForPeople() {
    assertEquals(
        """
        alice:0 endpoint 1
          nic: commands-taken 12
          thread: state away, waits-for nothing
          posted: receives 2
            info   mask     bytes
            2a     ffff       100
            7      ffff   1000000
          partners: count 0
          waits: for message-for-a-posted-receive, count 2
        """,
        dump(told()).text());
    assertTrue(dump(told()).told());
  }

  @Test
  void shouldTellMachinesListsByTheirWord() {
    String json = Json.write(dump(told()).json());
    assertTrue(json.startsWith("{\"vm\":\"alice\",\"board\":0,\"endpoint\":1,\"nic\":{"), json);
    assertTrue(json.contains("\"receive\":[{\"info\":\"2a\","), json);
    assertTrue(json.contains("\"bytes\":100},{\"info\":\"7\","), json);
  }

  @Test
  void shouldShowTheNicsSideAloneOfAVmThatDoesNotAnswer() {
    EndpointDump silent = dump(new Answer.Untold("the VM does not answer"));
    assertFalse(silent.told());
    assertEquals(
        """
        alice:0 endpoint 1
          nic: commands-taken 12
          library: the VM does not answer
        """,
        silent.text());
    String json = Json.write(silent.json());
    assertTrue(json.endsWith("\"library\":null,\"why\":\"the VM does not answer\"}"), json);
  }
}
