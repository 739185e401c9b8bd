package io.myrixen.xen.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.Domain;
import io.myrixen.xen.DomainContractTest;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract, in a guest of real Xen: the domain grants, maps and notifies by its own domid.
 * Needs the domain's devices for itself, since it looks for what it leaves in all of the domain.
 */
@EnabledIf("inGuest")
final class XenDomainTest extends DomainContractTest {

  private static final int DOM0 = 0;

  static boolean inGuest() {
    return XenDomain.present() && !Toolstack.here();
  }

  @Override
  protected Domain createDomain(String name) {
    return XenDomain.attach();
  }

  @Override
  protected int createStranger() {
    return DOM0;
  }

  /** Fewer than elsewhere: an emulated machine takes a millisecond for each. */
  @Override
  protected int wakeUpRounds() {
    return 500;
  }

  @Override
  protected int mappings() {
    return lines("/proc/self/maps", "/dev/xen/gntdev");
  }

  @Test
  void shouldNameTheLimitOfPagesAndWhereItIsRaised() {
    int limit = Integer.parseInt(XenDevice.GNTALLOC.limitText());

    XenException e =
        assertThrows(
            XenException.class,
            () -> alice().grants().grant(bob().domid(), limit + 1, Access.READ_WRITE));

    assertLimit(e, limit, "/sys/module/xen_gntalloc/parameters/limit");
  }

  @Test
  void shouldNameTheLimitOfReferencesInAListAndWhereItIsRaised() {
    int limit = Integer.parseInt(XenDevice.GNTDEV.limitText());

    XenException e =
        assertThrows(
            XenException.class,
            () -> bob().grants().map(alice().domid(), new int[limit + 1], Access.READ_ONLY));

    assertLimit(e, limit, "/sys/module/xen_gntdev/parameters/limit");
  }

  private static void assertLimit(XenException e, int limit, String where) {
    String message = String.valueOf(e.getMessage());
    assertEquals(Reason.NO_SPACE, e.reason(), message);
    assertTrue(message.contains(" have " + limit) || message.contains("granted " + limit), message);
    assertTrue(message.contains(where), message);
  }

  @Override
  protected void assertNothingLeft() {
    assertEquals(0, mappings(), "mappings");
    assertEquals(0, lines("/proc/self/maps", "/dev/xen/gntalloc"), "granted pages mapped here");
    assertEquals(0, lines("/proc/interrupts", "evtchn:" + threadName()), "ports");
    Domain domain = XenDomain.attach();
    try (XenStore store = domain.openStore()) {
      // Only if nothing is granted any more can all that may be granted be had.
      int limit = Integer.parseInt(XenDevice.GNTALLOC.limitText());
      domain.grants().grant(domain.domid(), limit, Access.READ_WRITE).close();
      store.mkdir("data/contract");
      store.remove("data/contract");
    } finally {
      domain.close();
    }
  }

  /** The kernel names ports by the thread that opened them: those of other processes stay out. */
  private static String threadName() {
    try {
      return Files.readString(Path.of("/proc/thread-self/comm")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lines(String file, String text) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return (int) lines.filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
