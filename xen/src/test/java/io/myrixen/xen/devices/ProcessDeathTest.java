package io.myrixen.xen.devices;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.Waiter;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A process of a living domain is killed: whoever shared pages with it hears of that. */
@EnabledIf("io.myrixen.xen.devices.XenDomainTest#inGuest")
@Timeout(120)
final class ProcessDeathTest {

  private static final long LONG_NS = 20_000_000_000L;
  private static final int SIGN_OFFSET = 100;

  private final Domain domain = XenDomain.attach();
  private Process victim;
  private BufferedReader words;

  @BeforeEach
  void startVictim() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Xmx48m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    victim = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    words = victim.inputReader();
  }

  @AfterEach
  void close() {
    victim.destroyForcibly();
    domain.close();
  }

  @Test
  void shouldHearOfADeadOwnerByTheSignItKept() throws Exception {
    try (var numbers = new Scanner(words.readLine());
        Waiter waiter = domain.newWaiter()) {
      int reference = numbers.nextInt();
      EventChannel channel = domain.eventChannels().bind(domain.domid(), numbers.nextInt());
      MappedPages pages =
          domain.grants().map(domain.domid(), new int[] {reference}, Access.READ_WRITE);
      channel.drain();
      waiter.add(channel);
      assertEquals(1, pages.memory().get(JAVA_BYTE, SIGN_OFFSET));

      victim.destroyForcibly().waitFor();

      assertTrue(waiter.await(LONG_NS));
      assertEquals(0, pages.memory().get(JAVA_BYTE, SIGN_OFFSET));
      assertTrue(channel.drain());
      assertFalse(channel.peerGone());
      channel.raise(); // To nobody.
    }
  }

  @Test
  void shouldHearOfADeadMapperByTheSignItKept() throws Exception {
    GrantedPages pages = domain.grants().grant(domain.domid(), 1, Access.READ_WRITE);
    EventChannel channel = domain.eventChannels().allocate(domain.domid());
    words.readLine();
    try (var orders = victim.outputWriter();
        Waiter waiter = domain.newWaiter()) {
      orders.write(pages.reference(0) + " " + channel.port() + "\n");
      orders.flush();
      assertEquals("mapped", words.readLine());
      channel.drain();
      waiter.add(channel);
      assertEquals(1, pages.memory().get(JAVA_BYTE, SIGN_OFFSET));

      victim.destroyForcibly().waitFor();

      assertTrue(waiter.await(LONG_NS));
      assertEquals(0, pages.memory().get(JAVA_BYTE, SIGN_OFFSET));
    }
  }

  /** The other process: offers a page, and maps one that it is told of. */
  static final class Victim {

    private Victim() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
      Domain domain = XenDomain.attach();
      int own = domain.domid();
      GrantedPages granted = domain.grants().grant(own, 1, Access.READ_WRITE);
      EventChannel channel = domain.eventChannels().allocate(own);
      granted.announceEnd(SIGN_OFFSET, channel);
      granted.memory().set(JAVA_BYTE, SIGN_OFFSET, (byte) 1);
      System.out.println(granted.reference(0) + " " + channel.port());
      try (var orders = new Scanner(System.in, StandardCharsets.US_ASCII)) {
        int reference = orders.nextInt();
        EventChannel bound = domain.eventChannels().bind(own, orders.nextInt());
        MappedPages mapped = domain.grants().map(own, new int[] {reference}, Access.READ_WRITE);
        mapped.announceEnd(SIGN_OFFSET, bound);
        mapped.memory().set(JAVA_BYTE, SIGN_OFFSET, (byte) 1);
        System.out.println("mapped");
        orders.nextLine();
        orders.nextLine(); // Never comes.
      }
    }
  }
}
