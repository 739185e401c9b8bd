package io.myrixen.driver.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.driver.service.DriverCounters.EndpointId;
import io.myrixen.nic.NicCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DriverCountersTest {

  private final DriverCounters counters =
      new DriverCounters(
          Map.of(
              "nic.tiny", 9L,
              "netback.devices", 2L,
              "board.020000000001.tiny", 7L,
              "endpoint.020000000001.10.commands", 0L,
              "endpoint.020000000001.5.tiny", 4L,
              "endpoint.020000000001.5.of-a-later-version", 3L,
              "endpoint.nonsense", 1L));

  @Test
  void shouldSortWhatItReadsByWhoCountedIt() {
    assertEquals(9, counters.nic(NicCounter.TINY));
    assertEquals(2, counters.value(CounterNames.DEVICES));
    assertEquals(7, counters.board(0x0200_0000_0001L, NicCounter.TINY));
    assertEquals(4, counters.endpoint(new EndpointId(0x0200_0000_0001L, 5), NicCounter.TINY));
  }

  @Test
  void shouldCountAsNothingWhatIsNotThere() {
    assertEquals(0, counters.nic(NicCounter.SMALL));
    assertEquals(0, counters.board(1, NicCounter.TINY));
    assertEquals(0, counters.endpoint(new EndpointId(1, 5), NicCounter.TINY));
  }

  @Test
  void shouldKnowEndpointsThatHaveCountedNothing() {
    var found = new ArrayList<EndpointId>();
    counters.endpoints().forEach(found::add);
    assertEquals(
        List.of(new EndpointId(0x0200_0000_0001L, 5), new EndpointId(0x0200_0000_0001L, 10)),
        found);
  }

  @Test
  void shouldFindAgainWhatThePublisherNames() {
    String name = CounterNames.endpoint(0x0200_0000_0001L, 3, NicCounter.RECEIVED_PULL_NACK);
    var read = new DriverCounters(Map.of(name, 8L));
    assertEquals(
        8,
        read.endpoint(new EndpointId(0x0200_0000_0001L, 3), NicCounter.RECEIVED_PULL_NACK),
        name);
  }
}
