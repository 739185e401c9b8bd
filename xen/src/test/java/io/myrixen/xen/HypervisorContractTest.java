package io.myrixen.xen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.local.HypervisorCounters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What our own hypervisor promises to a domain beyond what every substrate does: real Xen neither
 * counts, nor looks for a domain that is named, nor tells one end of a channel that the other
 * ended.
 */
public abstract class HypervisorContractTest extends DomainContractTest {

  private final List<Domain> strangers = new ArrayList<>();

  /** Ends a domain as the toolstack does. */
  protected abstract void destroy(int domid);

  /** Opens a connection of dom0 to the store. */
  protected abstract XenStore toolstackStore();

  /** What the hypervisor counts. */
  protected abstract HypervisorCounters counters();

  @Override
  protected final int createStranger() {
    Domain stranger = createDomain("carol");
    strangers.add(stranger);
    return stranger.domid();
  }

  @Override
  protected final int mappings() {
    return (int) counters().mappingsNow();
  }

  @Override
  protected final void assertNothingLeft() {
    strangers.forEach(Domain::close);
    eventually(() -> counters().domainsNow() == 0);
    HypervisorCounters left = counters();
    assertEquals(0, left.grantedPagesNow(), "granted pages");
    assertEquals(0, left.mappingsNow(), "mappings");
    assertEquals(0, left.portsNow(), "ports");
  }

  // Domains

  @Test
  void shouldGiveEachDomainAnIdOfItsOwnThatIsNeverUsedAgain() {
    Domain carol = createDomain("carol");
    int domid = carol.domid();
    carol.close();
    eventually(() -> counters().domainsNow() == 2);
    Domain next = createDomain("carol");

    assertNotEquals(alice().domid(), bob().domid());
    assertNotEquals(domid, next.domid());
    next.close();
  }

  @Test
  void shouldFindTheNameThatTheToolstackGaveInTheStore() {
    try (XenStore store = alice().openStore()) {
      assertEquals("alice", store.read("name"));
    }
  }

  // Grants

  @Test
  void shouldLetNobodyMapPagesAnewWhoseAccessHasEnded() {
    GrantedPages granted = grantToBob(2);
    int[] references = references(granted);
    MappedPages mapped = bob().grants().map(alice().domid(), references, Access.READ_WRITE);

    granted.close();

    assertEquals(2, counters().grantedPagesNow());
    assertRefused(
        Reason.BAD_REFERENCE,
        () -> bob().grants().map(alice().domid(), references, Access.READ_WRITE));
    mapped.close();
    assertEquals(0, counters().grantedPagesNow());
  }

  @Test
  void shouldCountEachGrantOperation() {
    long before = counters().grantOperations();
    GrantedPages granted = grantToBob(1);
    MappedPages mapped =
        bob().grants().map(alice().domid(), references(granted), Access.READ_WRITE);
    assertEquals(before + 2, counters().grantOperations());
    mapped.close();
    granted.close();
    assertEquals(before + 4, counters().grantOperations());
  }

  @Test
  void shouldRefuseWhatIsForADomainThatIsNotThere() {
    assertRefused(Reason.NO_DOMAIN, () -> alice().grants().grant(4242, 1, Access.READ_WRITE));
    assertRefused(Reason.NO_DOMAIN, () -> alice().eventChannels().allocate(4242));
  }

  // Event channels

  @Test
  void shouldLetNobodyBindAPortWhoseOtherEndWasClosed() {
    try (EventChannel near = alice().eventChannels().allocate(bob().domid())) {
      bob().eventChannels().bind(alice().domid(), near.port()).close();

      assertRefused(
          Reason.BAD_PORT, () -> bob().eventChannels().bind(alice().domid(), near.port()));
    }
  }

  @Test
  void shouldTellTheOtherEndWhenOneIsClosed() {
    try (EventChannel near = alice().eventChannels().allocate(bob().domid());
        Waiter waiter = alice().newWaiter()) {
      EventChannel far = bob().eventChannels().bind(alice().domid(), near.port());
      waiter.add(near);
      near.raise(); // Left unread by the end that closes.
      far.close();

      assertTrue(waiter.await(LONG_NS));
      near.drain();
      assertTrue(near.peerGone());
      near.raise();
      far.raise();
      assertFalse(far.drain());
    }
  }

  @Test
  void shouldTellTheOtherEndWhenADomainEnds() {
    EventChannel near = alice().eventChannels().allocate(bob().domid());
    EventChannel unbound = alice().eventChannels().allocate(bob().domid());
    EventChannel far = bob().eventChannels().bind(alice().domid(), near.port());

    bob().close();

    eventually(() -> gone(near) && gone(unbound));
    assertFalse(far.drain());
    near.close();
    unbound.close();
  }

  /** Its process lives on and keeps what it has: nobody may have to wait for that to end. */
  @Test
  void shouldEndTheChannelsOfADomainThatIsDestroyedAtBothEnds() {
    EventChannel near = alice().eventChannels().allocate(bob().domid());
    EventChannel far = bob().eventChannels().bind(alice().domid(), near.port());
    EventChannel bound = bob().eventChannels().allocate(alice().domid());
    EventChannel binding = alice().eventChannels().bind(bob().domid(), bound.port());
    try (Waiter hers = alice().newWaiter()) {
      far.drain();
      bound.drain();
      hers.add(near);

      destroy(alice().domid());

      assertTrue(hers.await(LONG_NS));
      eventually(() -> gone(near) && gone(binding) && gone(far) && gone(bound));
    }
    far.close();
    bound.close();
  }

  // Death

  /** Memory in use by a system call cannot be unmapped: all else must go all the same. */
  @Test
  void shouldEndAlthoughSomeMemoryIsInUse() throws Exception {
    GrantedPages used = grantToBob(1);
    GrantedPages other = grantToBob(1);
    EventChannel near = alice().eventChannels().allocate(bob().domid());
    EventChannel far = bob().eventChannels().bind(alice().domid(), near.port());
    try (var pipe = new HeldRead(used.memory())) {
      pipe.awaitUse();
      assertThrows(IllegalStateException.class, alice()::close);
    }
    eventually(() -> gone(far) && counters().domainsNow() == 1);
    assertThrows(IllegalStateException.class, () -> other.memory().get(JAVA_BYTE, 0));
    far.close();
  }

  @Test
  void shouldReleaseEverythingOfADomainThatIsDestroyed() {
    GrantedPages hers = grantToBob(2);
    MappedPages his = bob().grants().map(alice().domid(), references(hers), Access.READ_WRITE);
    GrantedPages back = bob().grants().grant(alice().domid(), 1, Access.READ_ONLY);
    MappedPages mappedBack =
        alice().grants().map(bob().domid(), references(back), Access.READ_ONLY);
    EventChannel near = alice().eventChannels().allocate(bob().domid());
    EventChannel far = bob().eventChannels().bind(alice().domid(), near.port());
    try (XenStore toolstack = toolstackStore();
        XenStore store = alice().openStore()) {
      store.write("data/x", "1");
      toolstack.watch("@releaseDomain", "gone");
      toolstack.pollWatch();

      destroy(alice().domid());

      eventually(alice()::hypervisorGone);
      eventually(() -> toolstack.pollWatch() != null);
      assertNull(toolstack.find("/local/domain/" + alice().domid()));
      assertEquals(0, counters().grantsAllocated() - counters().grantsEnded() - 1);
      assertEquals(1, counters().mappingsNow());
      assertEquals(0, his.memory().get(JAVA_BYTE, 0)); // Still there until he unmaps it.
      assertRefused(
          Reason.BAD_REFERENCE,
          () -> bob().grants().map(alice().domid(), new int[] {8}, Access.READ_ONLY));
      eventually(() -> {
        store.pollWatch();
        return store.disconnected();
      });
      assertRefused(
          Reason.NO_HYPERVISOR, () -> alice().grants().grant(bob().domid(), 1, Access.READ_WRITE));
      assertRefused(Reason.NO_HYPERVISOR, alice()::openStore);
    }
    hers.close();
    mappedBack.close();
    near.close();
    eventually(() -> gone(far));
    far.close();
    his.close();
    back.close();
    assertEquals(0, counters().grantedPagesNow());
  }
}
