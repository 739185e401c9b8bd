package io.myrixen.driver.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.info.DomainInfo;
import io.myrixen.driver.info.SystemInfo;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.service.SampleCounters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DomainStatusTest {

  private static final Load LOAD =
      new Load(
          SampleCounters.of(Map.of()),
          SampleCounters.of(
              Map.of(
                  "nic.time-ns", 2_000_000_000L,
                  "nic.idle-ns", 1_000_000_000L,
                  "driver-domain.pid", 77L,
                  "netback.devices", 1L)));

  private static DomainStatus status(int domid, boolean served, @Nullable Load load) {
    var board =
        new BoardInfo(
            "alice", 1, 0, "alice:0", 0x0200_0000_0001L, BoardWay.VM, "connected", List.of());
    var system = new SystemInfo(2, List.of(board));
    return new DomainStatus(new DomainInfo(domid, "dd", system, served), load);
  }

  @Test
  void shouldShowADriverDomainWhatItServes() {
    assertEquals(
        """
        domain         2 (dd) of Xen
        driver domain  this domain, process 77, up 0 min 2 s: devices 1, endpoints 0
                       pages 0, requests 0, refused 0; faults: endpoints 0, devices 0
        NIC            busy 50 %, 0 messages/s, 0.000 GB/s, 0 notifications/s in 2.0 s

          board     domain              NIC id   way       state
          alice:0        1   02:00:00:00:00:01    vm   connected
        """,
        status(2, true, LOAD).text());
    assertTrue(status(2, true, LOAD).good());
    assertFalse(status(2, true, null).good(), "nobody publishes");
  }

  @Test
  void shouldShowAVmWhatItMaySee() {
    assertEquals(
        """
        domain         1 (dd) of Xen
        driver domain  domain 2, which is gone
                       only there the load of the NIC and other VMs can be seen

          board     domain              NIC id   way       state
          alice:0        1   02:00:00:00:00:01    vm   connected
        """,
        status(1, false, null).text());
    assertFalse(status(1, false, null).good());
    assertTrue(status(1, true, null).good());
    assertTrue(Json.write(status(1, true, null).json()).contains("\"load\":null"));
  }
}
