package io.myrixen.driver.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.report.Json;
import io.myrixen.driver.service.SampleCounters;
import io.myrixen.driver.status.SystemStatus.VmStatus;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.host.HostToolstack.LivingDomain;
import io.myrixen.xen.local.HypervisorCounters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StatusTextTest {

  private static final HypervisorCounters HELD =
      new HypervisorCounters(9, 3, 8, 4, 6, 2, 12_345, 1, 3, 0, 1_310, 7, 12);

  private static final Load LOAD =
      new Load(
          SampleCounters.of(Map.of("nic.time-ns", 10_000_000_000L, "nic.idle-ns", 4_000_000_000L)),
          SampleCounters.of(
              Map.of(
                  "nic.time-ns", 12_000_000_000L,
                  "nic.idle-ns", 4_500_000_000L,
                  "nic.messages", 4_000L,
                  "nic.bytes", 3_000_000_000L,
                  "nic.pulled-bytes", 1_000_000_000L,
                  "netback.devices", 1L,
                  "netback.endpoints", 1L,
                  "endpoint.020000000001.5.messages", 4_000L,
                  "endpoint.020000000001.5.bytes", 3_000_000_000L)));

  private static VmStatus domain(int domid, String name, ProcessState state) {
    var board =
        new BoardInfo(
            name, domid, 0, name + ":0", 0x0200_0000_0001L, BoardWay.VM, "connected", List.of(5));
    return new VmStatus(new LivingDomain(domid, 0, 40 + domid, name), state, List.of(board));
  }

  private static SystemStatus status(@Nullable Load load, ProcessState vm) {
    return new SystemStatus(
        new HostToolstack.Service(40, 3_723_000),
        HELD,
        new VmStatus(new LivingDomain(1, 0, 41, "driver-domain"), ProcessState.RUNNING, List.of()),
        load,
        List.of(domain(2, "alice", vm)),
        List.of(
            new BoardInfo(
                "-", -1, 0, "bare:0", 0x0200_0000_0002L, BoardWay.NATIVE, "connected", List.of())));
  }

  @Test
  void shouldAlignWhatPeopleRead() {
    assertEquals(
        """
        hypervisor     process 40, up 1 h 2 min: domains 3, pages 1,310, mappings 7, ports 12
                       store operations 12,345, requests refused 1
        driver domain  domain 1, process 41 (running), up 0 min 12 s: devices 1, endpoints 1
                       pages 0, requests 0, refused 0; faults: endpoints 0, devices 0
        NIC            busy 75 %, 2,000 messages/s, 2.000 GB/s, 0 notifications/s in 2.0 s

          VM      domain   process     state   boards   connected
          alice        2        42   running        1           1

          native board              NIC id
          bare:0         02:00:00:00:00:02

          board     endpoint   messages/s sent   GB/s sent   GB/s pulled
          alice:0          5             2,000       1.500         0.000
        """,
        StatusText.of(status(LOAD, ProcessState.RUNNING)));
  }

  @Test
  void shouldTellMachinesTheSame() {
    String text = Json.write(StatusJson.of(status(LOAD, ProcessState.RUNNING)));
    assertTrue(text.startsWith("{\"hypervisor\":{\"pid\":40,\"uptimeMs\":3723000,"), text);
    assertTrue(text.contains("\"load\":{\"seconds\":2.0,\"busyShare\":0.75,"), text);
    assertTrue(text.contains("{\"board\":\"alice:0\",\"endpoint\":5,"), text);
  }

  @Test
  void shouldFindFaultWithWhatDoesNotServe() {
    assertTrue(status(LOAD, ProcessState.RUNNING).good());
    assertFalse(status(LOAD, ProcessState.STOPPED).good());
    SystemStatus silent = status(null, ProcessState.RUNNING);
    assertFalse(silent.good());
    assertTrue(StatusText.of(silent).contains("process 41 (running) publishes nothing"));
    assertTrue(Json.write(StatusJson.of(silent)).contains("\"load\":null"));
  }

  @Test
  void shouldReadTheStateBehindAnyName() {
    assertEquals(ProcessState.RUNNING, ProcessState.parse("7 (java) S 1 7"));
    assertEquals(ProcessState.STOPPED, ProcessState.parse("7 (a) R (b) T 1 7"));
    assertEquals(ProcessState.GONE, ProcessState.parse("7 (java) Z 1 7"));
    assertEquals(ProcessState.GONE, ProcessState.parse(""));
    assertEquals(ProcessState.AWAITED, ProcessState.of(0));
    assertEquals(ProcessState.RUNNING, ProcessState.of(ProcessHandle.current().pid()));
  }
}
