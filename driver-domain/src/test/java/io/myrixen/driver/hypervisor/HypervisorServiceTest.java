package io.myrixen.driver.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.host.HostToolstack.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HypervisorServiceTest {

  @TempDir private Path directory;

  private Path run() {
    return directory.resolve("run");
  }

  private static String refusal(Reason reason, Executable request) {
    XenException e = assertThrows(XenException.class, request);
    assertEquals(reason, e.reason(), e.getMessage());
    return String.valueOf(e.getMessage());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void shouldKeepItsDirectoryToItsUserAndLeaveNothing() throws IOException {
    try (var service = HypervisorService.start(run());
        var toolstack = HostToolstack.connect(run())) {
      Ticket ticket = toolstack.createDomain("alice");
      assertEquals("rwx------", permissions(run()));
      assertEquals("rw-------", permissions(run().resolve("toolstack")));
      assertEquals("rwx------", permissions(run().resolve("tokens")));
      assertEquals("rw-------", permissions(ticket.tokenFile()));
      assertEquals(run(), service.runDirectory());
    }
    assertFalse(Files.exists(run()));
  }

  @Test
  void shouldRefuseASecondServiceAndLeaveTheFirstAlone() {
    try (var service = HypervisorService.start(run())) {
      String message = refusal(Reason.NOT_PERMITTED, () -> HypervisorService.start(run()));
      assertEquals("a hypervisor runs in " + run() + " already", message);
      HostToolstack.connect(service.runDirectory()).close();
    }
  }

  @Test
  void shouldReplaceWhatADeadServiceLeft() throws IOException {
    Files.createDirectories(run().resolve("tokens"));
    for (String left : new String[] {"toolstack", "domain", "hypervisor.lock", "tokens/7"}) {
      Files.writeString(run().resolve(left), "left");
    }
    try (var service = HypervisorService.start(run());
        var toolstack = HostToolstack.connect(service.runDirectory())) {
      assertEquals(0, toolstack.counters().domainsNow());
      assertFalse(Files.exists(run().resolve("tokens/7")));
    }
  }

  @Test
  void shouldRefuseADirectoryThatIsNoneOrTooLong() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    refusal(Reason.NOT_PERMITTED, () -> HypervisorService.start(file));
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    refusal(Reason.NOT_PERMITTED, () -> HypervisorService.start(link));
    Path longest = directory.resolve("x".repeat(120));
    String message = refusal(Reason.BAD_REQUEST, () -> HypervisorService.start(longest));
    assertTrue(message.contains("x".repeat(120)), message);
  }

  @Test
  void shouldSayHowToStartOneWhenNoneRuns() {
    String message = refusal(Reason.NO_HYPERVISOR, () -> HostToolstack.connect(run()));
    assertTrue(message.contains(run() + "/toolstack"), message);
    assertTrue(message.contains("myrixen hypervisor --run-dir " + run()), message);
    String token = refusal(Reason.NO_HYPERVISOR, () -> HostDomain.attach(run().resolve("t")));
    assertTrue(token.contains(run() + "/t"), token);
  }

  @Test
  void shouldTellItsDomainsThatItIsGone() {
    var service = HypervisorService.start(run());
    var toolstack = HostToolstack.connect(run());
    var domain = HostDomain.attach(toolstack.createDomain("alice").tokenFile());
    XenStore store = domain.openStore();
    store.write("data/x", "1");

    service.close();

    assertTrue(domain.hypervisorGone());
    refusal(Reason.NO_HYPERVISOR, () -> domain.grants().grant(0, 1, Access.READ_WRITE));
    refusal(Reason.NO_HYPERVISOR, domain::openStore);
    refusal(Reason.NO_HYPERVISOR, toolstack::counters);
    store.pollWatch();
    assertTrue(store.disconnected());
    domain.close();
    toolstack.close();
  }

  @Test
  void shouldRefuseAToolstackThatAsksForNonsense() {
    try (var service = HypervisorService.start(run());
        var toolstack = HostToolstack.connect(service.runDirectory())) {
      toolstack.createDomain("alice");
      refusal(Reason.BAD_REQUEST, () -> toolstack.createDomain("alice"));
      refusal(Reason.BAD_REQUEST, () -> toolstack.createDomain("a b"));
      refusal(Reason.BAD_REQUEST, () -> toolstack.createDomain("bob", -1));
      refusal(Reason.BAD_REQUEST, () -> toolstack.createDomain("bob", 0xFFFF_FFFFL));
      refusal(Reason.NO_DOMAIN, () -> toolstack.destroyDomain(99));
      refusal(Reason.NOT_PERMITTED, () -> toolstack.destroyDomain(0));
      refusal(Reason.BAD_REQUEST, () -> toolstack.destroyDomain(-1));
      assertEquals(1, toolstack.counters().domainsNow());
    }
  }

  @Test
  void shouldForgetADomainWhoseProcessNeverCame() {
    try (var service = HypervisorService.start(run());
        var toolstack = HostToolstack.connect(service.runDirectory())) {
      Ticket ticket = toolstack.createDomain("alice");
      toolstack.destroyDomain(ticket.domid());

      assertFalse(Files.exists(ticket.tokenFile()));
      assertEquals(0, toolstack.counters().domainsNow());
    }
  }
}
