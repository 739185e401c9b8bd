package io.myrixen.xen.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.Domain;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HypervisorTest {

  private static final HypervisorLimits TIGHT = new HypervisorLimits(10, 3, 2, 2);

  private static String refusal(Reason reason, Executable request) {
    XenException e = assertThrows(XenException.class, request);
    assertEquals(reason, e.reason(), e.getMessage());
    return String.valueOf(e.getMessage());
  }

  @Test
  void shouldNameTheLimitThatIsReached() {
    try (var hypervisor = new Hypervisor(TIGHT)) {
      GuestDomain alice = hypervisor.createGuest("alice");
      GuestDomain bob = hypervisor.createGuest("bob");
      int bobs = bob.domid();

      String pages = refusal(Reason.NO_SPACE, () -> alice.grant(bobs, 11, Access.READ_WRITE));
      assertEquals("domain 1: limit of granted pages reached: 10", pages);

      int reference = alice.grant(bobs, 1, Access.READ_WRITE).firstReference();
      alice.grant(bobs, 1, Access.READ_WRITE);
      alice.grant(bobs, 1, Access.READ_WRITE);
      String grants = refusal(Reason.NO_SPACE, () -> alice.grant(bobs, 1, Access.READ_WRITE));
      assertTrue(grants.contains("allocations"), grants);

      int[] list = {reference};
      bob.map(alice.domid(), list, Access.READ_WRITE);
      bob.map(alice.domid(), list, Access.READ_WRITE);
      String maps = refusal(Reason.NO_SPACE, () -> bob.map(alice.domid(), list, Access.READ_WRITE));
      assertTrue(maps.contains("mappings"), maps);

      alice.allocatePort(bobs, () -> {});
      alice.allocatePort(bobs, () -> {});
      String ports = refusal(Reason.NO_SPACE, () -> alice.allocatePort(bobs, () -> {}));
      assertTrue(ports.contains("ports"), ports);
      assertEquals(4, hypervisor.counters().refused());
    }
  }

  /** One short request can name a page over and over: each time costs the hypervisor memory. */
  @Test
  void shouldCountEveryRunOfPagesThatAListTakes() {
    try (var hypervisor = new Hypervisor(new HypervisorLimits(10, 3, 4, 2))) {
      GuestDomain alice = hypervisor.createGuest("alice");
      int page = alice.grant(alice.domid(), 2, Access.READ_WRITE).firstReference();
      int[] tooMany = {page, page, page, page, page};
      refusal(Reason.NO_SPACE, () -> alice.map(alice.domid(), tooMany, Access.READ_WRITE));

      int first = alice.map(alice.domid(), new int[] {page, page, page}, Access.READ_WRITE).id();
      alice.map(alice.domid(), new int[] {page, page + 1}, Access.READ_WRITE);
      int[] one = {page};
      refusal(Reason.NO_SPACE, () -> alice.map(alice.domid(), one, Access.READ_WRITE));
      alice.unmap(first);
      alice.map(alice.domid(), one, Access.READ_WRITE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "vm:0",
        "-x",
        "ü",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void shouldRefuseNamesThatAreNotPlain(String name) {
    try (var hypervisor = new Hypervisor()) {
      String message = refusal(Reason.BAD_REQUEST, () -> hypervisor.createDomain(name));
      assertTrue(message.contains("\"" + name + "\""), message);
    }
  }

  @Test
  void shouldRefuseASecondDomainOfOneNameWhileTheFirstLives() {
    try (var hypervisor = new Hypervisor()) {
      Domain first = hypervisor.createDomain("a");
      refusal(Reason.BAD_REQUEST, () -> hypervisor.createDomain("a"));
      first.close();
      assertNotNull(hypervisor.createDomain("a"));
    }
  }

  @Test
  void shouldRefuseToDestroyTheToolstack() {
    try (var hypervisor = new Hypervisor()) {
      refusal(Reason.NOT_PERMITTED, () -> hypervisor.destroy(0));
      hypervisor.destroy(99);
    }
  }

  @Test
  void shouldNotLetAReadOnlyGrantBeMappedBeforeItsOwnerHasOfferedIt() {
    try (var hypervisor = new Hypervisor()) {
      GuestDomain alice = hypervisor.createGuest("alice");
      GuestDomain bob = hypervisor.createGuest("bob");
      int[] list = {alice.grant(bob.domid(), 1, Access.READ_ONLY).firstReference()};

      refusal(Reason.BAD_REFERENCE, () -> bob.map(alice.domid(), list, Access.READ_ONLY));
      alice.offer(list[0]);
      assertEquals(1, bob.map(alice.domid(), list, Access.READ_ONLY).runs().size());
    }
  }

  @Test
  void shouldLayOutTheNodesOfADomainAsLibxlDoes() {
    try (var hypervisor = new Hypervisor();
        XenStore store = hypervisor.toolstackStore()) {
      int domid = hypervisor.createDomain("alice").domid();
      String root = "/local/domain/" + domid;
      assertEquals("alice", store.read(root + "/name"));
      assertEquals(
          List.of("name", "domid", "device", "data", "drivers", "feature", "attr", "error"),
          store.list(root));
      assertEquals(2, store.permissions(root + "/device").size());
      assertEquals(domid, store.permissions(root + "/data").getFirst().domid());
      assertEquals(0, store.permissions(root).getFirst().domid());
    }
  }

  /**
   * Goal: whatever is granted, mapped, unmapped and ended in whatever order, the counters agree
   * with a plain list and nothing is left. Method: a seeded walk over two domains.
   */
  @RepeatedTest(8)
  void shouldAgreeWithAModelOfGrantsAndMappings() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    try (var hypervisor = new Hypervisor()) {
      Domain alice = hypervisor.createDomain("alice");
      Domain bob = hypervisor.createDomain("bob");
      List<GrantedPages> granted = new ArrayList<>();
      List<MappedPages> mapped = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        switch (random.nextInt(4)) {
          case 0 ->
              granted.add(
                  alice.grants().grant(bob.domid(), random.nextInt(1, 5), Access.READ_WRITE));
          case 1 -> {
            if (!granted.isEmpty()) {
              GrantedPages some = granted.get(random.nextInt(granted.size()));
              GrantedPages other = granted.get(random.nextInt(granted.size()));
              int[] list = {some.reference(0), other.reference(other.pageCount() - 1)};
              mapped.add(bob.grants().map(alice.domid(), list, Access.READ_WRITE));
            }
          }
          case 2 -> {
            if (!granted.isEmpty()) {
              granted.remove(random.nextInt(granted.size())).close();
            }
          }
          default -> {
            if (!mapped.isEmpty()) {
              mapped.remove(random.nextInt(mapped.size())).close();
            }
          }
        }
        HypervisorCounters now = hypervisor.counters();
        String where = "step=" + step + " -Dmyrixen.seed=" + seed;
        assertEquals(mapped.size(), now.mappingsNow(), where);
        assertEquals(granted.size(), now.grantsAllocated() - now.grantsEnded(), where);
      }
      alice.close();
      bob.close();
      assertEquals(0, hypervisor.counters().grantedPagesNow(), "-Dmyrixen.seed=" + seed);
      assertEquals(0, hypervisor.counters().mappingsNow(), "-Dmyrixen.seed=" + seed);
    }
  }
}
