package io.myrixen.driver.hypervisor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.host.HostToolstack.Ticket;
import io.myrixen.xen.local.HypervisorCounters;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A domain in a process of its own, without any JVM flag, killed while it holds everything. */
@Timeout(120)
final class ProcessDeathTest {

  private static final long LONG_NS = 30_000_000_000L;

  @TempDir private Path directory;

  @Test
  void shouldReleaseEverythingOfAProcessThatIsKilled() throws IOException, InterruptedException {
    try (var service = HypervisorService.start(directory.resolve("run"));
        var toolstack = HostToolstack.connect(service.runDirectory());
        var watching = toolstack.openStore();
        var survivor = HostDomain.attach(toolstack.createDomain("survivor").tokenFile())) {
      watching.watch("@releaseDomain", "gone");
      watching.pollWatch();
      Ticket ticket = toolstack.createDomain("victim");
      var own = survivor.grants().grant(ticket.domid(), 2, Access.READ_WRITE);
      EventChannel near = survivor.eventChannels().allocate(ticket.domid());
      Process victim = start(ticket, survivor.domid(), own.reference(0), near.port());
      int[] references = readReferences(victim);
      MappedPages theirs = survivor.grants().map(ticket.domid(), references, Access.READ_WRITE);
      assertEquals(42, theirs.memory().get(JAVA_BYTE, 4096));
      assertEquals(43, own.memory().get(JAVA_BYTE, 0));
      HypervisorCounters alive = toolstack.counters();
      assertEquals(5, alive.grantedPagesNow());
      assertEquals(2, alive.mappingsNow());

      victim.destroyForcibly().waitFor();

      awaitPeerGone(survivor, near);
      DomainProbe.awaitDomains(toolstack, 1);
      String root = "/local/domain/" + ticket.domid();
      assertEquals("@releaseDomain", awaitEvent(watching));
      assertNull(watching.find(root));
      assertFalse(Files.exists(ticket.tokenFile()));
      HypervisorCounters left = toolstack.counters();
      assertEquals(1, left.mappingsNow());
      assertEquals(1, left.portsNow());
      assertEquals(42, theirs.memory().get(JAVA_BYTE, 4096)); // Ours until we unmap it.
      theirs.close();
      own.close();
      near.close();
      assertEquals(0, toolstack.counters().grantedPagesNow());
      assertEquals(0, toolstack.counters().portsNow());
    }
  }

  private static Process start(Ticket ticket, int domid, int reference, int port)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            ticket.tokenFile().toString(),
            Integer.toString(domid),
            Integer.toString(reference),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int[] readReferences(Process victim) throws IOException {
    BufferedReader out = victim.inputReader(StandardCharsets.US_ASCII);
    String line = out.readLine();
    assertTrue(line != null && line.startsWith("ready "), "the victim said: " + line);
    String[] words = line.substring("ready ".length()).split(" ", -1);
    var references = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      references[i] = Integer.parseInt(words[i]);
    }
    return references;
  }

  private static void awaitPeerGone(HostDomain survivor, EventChannel channel) {
    try (Waiter waiter = survivor.newWaiter()) {
      waiter.add(channel);
      while (!channel.peerGone()) {
        assertTrue(waiter.await(LONG_NS), "nobody was told");
        channel.drain();
      }
      waiter.remove(channel);
    }
  }

  private static String awaitEvent(XenStore store) {
    XenStore.WatchEvent event;
    do {
      store.find("/local"); // An answer brings along what came before it.
      event = store.pollWatch();
    } while (event == null);
    return event.path();
  }

  /** What the other process does: holds one of each, and waits to be killed. */
  static final class Victim {

    private Victim() {}

    /** Runs as {@code TOKEN-FILE DOMID REFERENCE PORT}. */
    public static void main(String[] args) {
      HostDomain domain = HostDomain.attach(Path.of(args[0]));
      int peer = Integer.parseInt(args[1]);
      var granted = domain.grants().grant(peer, 3, Access.READ_WRITE);
      granted.memory().set(JAVA_BYTE, 4096, (byte) 42);
      int[] theirs = {Integer.parseInt(args[2])};
      MappedPages mapped = domain.grants().map(peer, theirs, Access.READ_WRITE);
      mapped.memory().set(JAVA_BYTE, 0, (byte) 43);
      EventChannel channel = domain.eventChannels().bind(peer, Integer.parseInt(args[3]));
      XenStore store = domain.openStore();
      store.write("data/x", "1");
      Waiter waiter = domain.newWaiter();
      waiter.add(channel);
      System.out.println(
          "ready "
              + granted.reference(0)
              + " "
              + granted.reference(1)
              + " "
              + granted.reference(2));
      while (true) {
        waiter.await(-1);
        channel.drain();
      }
    }
  }
}
