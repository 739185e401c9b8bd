package io.myrixen.xen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.local.HypervisorCounters;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What every substrate promises to a domain. One subclass per implementation. */
@Timeout(60)
public abstract class DomainContractTest {

  private static final int PAGE_BYTES = GrantTable.PAGE_BYTES;
  private static final long LONG_NS = 20_000_000_000L;
  private static final VarHandle LONGS = JAVA_LONG.varHandle();

  private Domain alice;
  private Domain bob;

  /** Makes a domain with its process, or what stands for it. */
  protected abstract Domain createDomain(String name);

  /** Ends a domain as the toolstack does. */
  protected abstract void destroy(int domid);

  /** Opens a connection of dom0 to the store. */
  protected abstract XenStore toolstackStore();

  /** What the hypervisor counts. */
  protected abstract HypervisorCounters counters();

  @BeforeEach
  void makeTwoDomains() {
    alice = createDomain("alice");
    bob = createDomain("bob");
  }

  @AfterEach
  void shouldLeaveNothing() {
    alice.close();
    bob.close();
    eventually(() -> counters().domainsNow() == 0);
    HypervisorCounters left = counters();
    assertEquals(0, left.grantedPagesNow(), "granted pages");
    assertEquals(0, left.mappingsNow(), "mappings");
    assertEquals(0, left.portsNow(), "ports");
  }

  /** Waits, bounded, for what another thread or process does. */
  protected static void eventually(BooleanSupplier condition) {
    long beginNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - beginNs < LONG_NS, "did not happen in time");
      LockSupport.parkNanos(100_000);
    }
  }

  private static void assertRefused(Reason reason, Executable request) {
    XenException e = assertThrows(XenException.class, request);
    assertEquals(reason, e.reason(), e.getMessage());
  }

  private static int[] references(GrantedPages pages) {
    var references = new int[pages.pageCount()];
    for (int i = 0; i < references.length; i++) {
      references[i] = pages.reference(i);
    }
    return references;
  }

  private GrantedPages grantToBob(int pageCount) {
    return alice.grants().grant(bob.domid(), pageCount, Access.READ_WRITE);
  }

  // Domains

  @Test
  void shouldGiveEachDomainAnIdOfItsOwnThatIsNeverUsedAgain() {
    Domain carol = createDomain("carol");
    int domid = carol.domid();
    carol.close();
    eventually(() -> counters().domainsNow() == 2);
    Domain next = createDomain("carol");

    assertNotEquals(alice.domid(), bob.domid());
    assertNotEquals(domid, next.domid());
    next.close();
  }

  // Grants

  @Test
  void shouldShowZeroedPagesToBothSides() {
    try (GrantedPages granted = grantToBob(3);
        MappedPages mapped =
            bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE)) {
      assertEquals(3L * PAGE_BYTES, granted.memory().byteSize());
      assertEquals(3L * PAGE_BYTES, mapped.memory().byteSize());
      assertEquals(-1, granted.memory().mismatch(MemorySegment.ofArray(new byte[3 * PAGE_BYTES])));

      granted.memory().set(JAVA_BYTE, 2 * PAGE_BYTES, (byte) 7);
      mapped.memory().set(JAVA_BYTE, 1, (byte) 9);

      assertEquals(7, mapped.memory().get(JAVA_BYTE, 2 * PAGE_BYTES));
      assertEquals(9, granted.memory().get(JAVA_BYTE, 1));
    }
  }

  @Test
  void shouldMapAnyListInItsOwnOrderIntoOneRange() {
    try (GrantedPages first = grantToBob(4);
        GrantedPages second = grantToBob(2)) {
      for (int page = 0; page < 4; page++) {
        first.memory().set(JAVA_INT_UNALIGNED, (long) page * PAGE_BYTES, 10 + page);
      }
      second.memory().set(JAVA_INT_UNALIGNED, PAGE_BYTES, 21);
      int[] list = {
        second.reference(1), first.reference(2), first.reference(3), first.reference(0)
      };

      try (MappedPages mapped = bob.grants().map(alice.domid(), list, Access.READ_WRITE)) {
        int[] expected = {21, 12, 13, 10};
        for (int page = 0; page < 4; page++) {
          long at = (long) page * PAGE_BYTES;
          assertEquals(expected[page], mapped.memory().get(JAVA_INT_UNALIGNED, at));
        }
        mapped.memory().set(JAVA_INT_UNALIGNED, 3L * PAGE_BYTES, 99);
        assertEquals(99, first.memory().get(JAVA_INT_UNALIGNED, 0));
        assertEquals(4, mapped.pageCount());
        assertEquals(alice.domid(), mapped.owner());
      }
    }
  }

  /** More descriptors than one message, or one socket, holds between processes. */
  @Test
  void shouldMapAListOverHundredsOfAllocations() {
    int count = 600;
    var granted = new GrantedPages[count];
    var list = new int[count];
    for (int i = 0; i < count; i++) {
      granted[i] = grantToBob(1);
      granted[i].memory().set(JAVA_INT_UNALIGNED, 0, i);
      list[count - 1 - i] = granted[i].reference(0);
    }
    try (MappedPages mapped = bob.grants().map(alice.domid(), list, Access.READ_ONLY)) {
      for (int i = 0; i < count; i++) {
        long at = (long) (count - 1 - i) * PAGE_BYTES;
        assertEquals(i, mapped.memory().get(JAVA_INT_UNALIGNED, at));
      }
    }
    for (GrantedPages pages : granted) {
      pages.close();
    }
  }

  @Test
  void shouldLetOnlyTheGranteeMap() {
    Domain carol = createDomain("carol");
    try (GrantedPages granted = grantToBob(1)) {
      assertRefused(
          Reason.BAD_REFERENCE,
          () -> carol.grants().map(alice.domid(), references(granted), Access.READ_ONLY));
    }
    carol.close();
  }

  @Test
  void shouldMapAllOrNothing() {
    try (GrantedPages granted = grantToBob(1)) {
      int[] list = {granted.reference(0), granted.reference(0) + 1_000};
      assertRefused(
          Reason.BAD_REFERENCE, () -> bob.grants().map(alice.domid(), list, Access.READ_ONLY));
      assertEquals(0, counters().mappingsNow());
    }
  }

  @Test
  void shouldLetTheGranteeOfReadOnlyPagesReadAndNoMore() {
    try (GrantedPages granted = alice.grants().grant(bob.domid(), 1, Access.READ_ONLY)) {
      assertRefused(
          Reason.BAD_REFERENCE,
          () -> bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE));
      try (MappedPages mapped =
          bob.grants().map(alice.domid(), references(granted), Access.READ_ONLY)) {
        granted.memory().set(JAVA_BYTE, 5, (byte) 1);

        assertTrue(mapped.memory().isReadOnly());
        assertEquals(1, mapped.memory().get(JAVA_BYTE, 5));
      }
    }
  }

  @Test
  void shouldKeepPagesWhileTheyAreMappedAlthoughAccessHasEnded() {
    GrantedPages granted = grantToBob(2);
    MappedPages mapped = bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE);
    int[] references = references(granted);
    granted.memory().set(JAVA_BYTE, 0, (byte) 3);

    granted.close();

    assertEquals(3, mapped.memory().get(JAVA_BYTE, 0));
    assertEquals(2, counters().grantedPagesNow());
    assertRefused(
        Reason.BAD_REFERENCE, () -> bob.grants().map(alice.domid(), references, Access.READ_WRITE));

    mapped.close();
    assertEquals(0, counters().grantedPagesNow());
  }

  @Test
  void shouldThrowWhenMemoryIsUsedAfterItsClose() {
    GrantedPages granted = grantToBob(1);
    MappedPages mapped = bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE);
    MemorySegment theirs = mapped.memory();
    MemorySegment ours = granted.memory();
    mapped.close();
    mapped.close();
    granted.close();
    granted.close();

    assertThrows(IllegalStateException.class, () -> theirs.get(JAVA_BYTE, 0));
    assertThrows(IllegalStateException.class, () -> ours.get(JAVA_BYTE, 0));
  }

  @Test
  void shouldRefuseGrantsThatMakeNoSense() {
    assertRefused(Reason.NO_DOMAIN, () -> alice.grants().grant(4242, 1, Access.READ_WRITE));
    assertRefused(Reason.BAD_REQUEST, () -> alice.grants().grant(bob.domid(), 0, Access.READ_ONLY));
    assertRefused(
        Reason.BAD_REQUEST, () -> bob.grants().map(alice.domid(), new int[0], Access.READ_ONLY));
    assertRefused(
        Reason.BAD_REFERENCE, () -> bob.grants().map(4242, new int[] {8}, Access.READ_ONLY));
  }

  @Test
  void shouldCountEachGrantOperation() {
    long before = counters().grantOperations();
    GrantedPages granted = grantToBob(1);
    MappedPages mapped = bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE);
    assertEquals(before + 2, counters().grantOperations());
    mapped.close();
    granted.close();
    assertEquals(before + 4, counters().grantOperations());
  }

  // Event channels

  @Test
  void shouldCoalesceNotifications() {
    try (EventChannel near = alice.eventChannels().allocate(bob.domid());
        EventChannel far = bob.eventChannels().bind(alice.domid(), near.port())) {
      far.drain();
      for (int i = 0; i < 1_000; i++) {
        near.raise(); // Many more than any socket holds: none of them may block.
      }

      assertTrue(far.drain());
      assertFalse(far.drain());
      assertFalse(far.peerGone());
      assertFalse(near.drain());
      far.raise();
      assertTrue(near.drain());
    }
  }

  @Test
  void shouldLetTheNamedDomainBindAPortOnce() {
    Domain carol = createDomain("carol");
    try (EventChannel near = alice.eventChannels().allocate(bob.domid())) {
      assertRefused(Reason.BAD_PORT, () -> carol.eventChannels().bind(alice.domid(), near.port()));
      EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
      assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(alice.domid(), near.port()));
      far.close();
      assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(alice.domid(), near.port()));
    }
    assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(alice.domid(), 77));
    assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(4242, 1));
    assertRefused(Reason.NO_DOMAIN, () -> alice.eventChannels().allocate(4242));
    carol.close();
  }

  @Test
  void shouldTellTheOtherEndWhenOneIsClosed() {
    try (EventChannel near = alice.eventChannels().allocate(bob.domid());
        Waiter waiter = alice.newWaiter()) {
      EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
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
    EventChannel near = alice.eventChannels().allocate(bob.domid());
    EventChannel unbound = alice.eventChannels().allocate(bob.domid());
    EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());

    bob.close();

    eventually(() -> gone(near) && gone(unbound));
    assertFalse(far.drain());
    near.close();
    unbound.close();
  }

  /** Its process lives on and keeps what it has: nobody may have to wait for that to end. */
  @Test
  void shouldEndTheChannelsOfADomainThatIsDestroyedAtBothEnds() {
    EventChannel near = alice.eventChannels().allocate(bob.domid());
    EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
    EventChannel bound = bob.eventChannels().allocate(alice.domid());
    EventChannel binding = alice.eventChannels().bind(bob.domid(), bound.port());
    try (Waiter hers = alice.newWaiter()) {
      far.drain();
      bound.drain();
      hers.add(near);

      destroy(alice.domid());

      assertTrue(hers.await(LONG_NS));
      eventually(() -> gone(near) && gone(binding) && gone(far) && gone(bound));
    }
    far.close();
    bound.close();
  }

  @Test
  void shouldEndTheSleepOfAThreadWhoseDomainIsClosedByAnother() {
    EventChannel near = alice.eventChannels().allocate(bob.domid());
    try (Waiter waiter = alice.newWaiter()) {
      waiter.add(near);
      alice.close();

      assertTrue(waiter.await(LONG_NS));
      near.drain();
      assertTrue(near.peerGone());
    }
  }

  private static boolean gone(EventChannel channel) {
    channel.drain();
    return channel.peerGone();
  }

  // Sleeping

  @Test
  void shouldTakeAWakeUpThatCameBeforeTheSleep() {
    try (Waiter waiter = alice.newWaiter()) {
      assertFalse(waiter.await(0));
      waiter.wakeUp();
      waiter.wakeUp();
      assertTrue(waiter.await(-1));
      assertFalse(waiter.await(1_000_000));
    }
  }

  @Test
  void shouldStayAwakeWhileANotificationIsNotDrained() {
    try (EventChannel near = alice.eventChannels().allocate(bob.domid());
        EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
        Waiter waiter = bob.newWaiter()) {
      waiter.add(far);
      waiter.add(far);
      far.drain();
      assertFalse(waiter.await(0));
      near.raise();
      assertTrue(waiter.await(LONG_NS));
      assertTrue(waiter.await(LONG_NS));
      far.drain();
      assertFalse(waiter.await(0));

      near.raise();
      waiter.remove(far);
      assertFalse(waiter.await(0));
    }
  }

  /** Goal: no wake-up is lost. Method: two threads that do nothing until the other one did. */
  @Test
  void shouldWakeTheOtherSideEveryTime() throws InterruptedException {
    int rounds = 5_000;
    try (GrantedPages granted = grantToBob(1);
        MappedPages mapped =
            bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE);
        EventChannel near = alice.eventChannels().allocate(bob.domid());
        EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
        Waiter hers = alice.newWaiter();
        Waiter his = bob.newWaiter()) {
      hers.add(near);
      his.add(far);
      var echo = new Thread(() -> answer(rounds, mapped.memory(), far, his));
      echo.start();
      for (long round = 1; round <= rounds; round++) {
        LONGS.setRelease(granted.memory(), 0L, round);
        near.raise();
        waitFor(round, granted.memory(), Long.BYTES, near, hers);
      }
      echo.join();
    }
  }

  private static void answer(
      int rounds, MemorySegment memory, EventChannel channel, Waiter waiter) {
    for (long round = 1; round <= rounds; round++) {
      waitFor(round, memory, 0, channel, waiter);
      LONGS.setRelease(memory, (long) Long.BYTES, round);
      channel.raise();
    }
  }

  private static void waitFor(
      long value, MemorySegment memory, long offset, EventChannel channel, Waiter waiter) {
    while ((long) LONGS.getAcquire(memory, offset) != value) {
      assertTrue(waiter.await(LONG_NS), "a wake-up was lost at " + value);
      channel.drain();
    }
  }

  // Store

  @Test
  void shouldFindItsOwnNameInTheStore() {
    try (XenStore store = alice.openStore()) {
      assertEquals("alice", store.read("name"));
      assertEquals("" + alice.domid(), store.read("domid"));
      XenStoreException e =
          assertThrows(
              XenStoreException.class, () -> store.read("/local/domain/" + bob.domid() + "/name"));
      assertEquals("EACCES", e.error());
    }
  }

  @Test
  void shouldWakeForAWatchAndNotBefore() {
    try (XenStore hers = alice.openStore();
        XenStore toolstack = toolstackStore();
        Waiter waiter = alice.newWaiter()) {
      hers.watch("data", "t");
      waiter.add(hers);
      assertTrue(waiter.await(LONG_NS));
      assertNotNull(hers.pollWatch());
      assertNull(hers.pollWatch());
      assertFalse(waiter.await(0));

      toolstack.write("/local/domain/" + alice.domid() + "/data/x", "1");
      assertTrue(waiter.await(LONG_NS));
      assertEquals(new XenStore.WatchEvent("data/x", "t"), hers.pollWatch());
    }
  }

  /** An event that came in while an answer was awaited must end the sleep too. */
  @Test
  void shouldWakeForAnEventThatWasReceivedTogetherWithAnAnswer() {
    try (XenStore hers = alice.openStore();
        Waiter waiter = alice.newWaiter()) {
      waiter.add(hers);
      hers.watch("data", "t");
      hers.write("data/x", "1");
      assertEquals("1", hers.read("data/x"));

      assertTrue(waiter.await(0));
      assertNotNull(hers.pollWatch());
      assertNotNull(hers.pollWatch());
      assertNull(hers.pollWatch());
      assertFalse(waiter.await(0));
    }
  }

  @Test
  void shouldStayAwakeWhileOneOfSeveralEventsIsNotTaken() {
    try (XenStore hers = alice.openStore();
        XenStore toolstack = toolstackStore();
        Waiter waiter = alice.newWaiter()) {
      waiter.add(hers);
      hers.watch("data", "t");
      assertTrue(waiter.await(LONG_NS));
      assertNotNull(hers.pollWatch());
      for (int i = 0; i < 3; i++) {
        toolstack.write("/local/domain/" + alice.domid() + "/data/" + i, "1");
      }
      for (int i = 0; i < 3; i++) {
        assertTrue(waiter.await(LONG_NS), "slept on event " + i);
        assertEquals(new XenStore.WatchEvent("data/" + i, "t"), hers.pollWatch());
      }
      assertFalse(waiter.await(0));
    }
  }

  // Death

  /** Memory in use by a system call cannot be unmapped: all else must go all the same. */
  @Test
  void shouldEndAlthoughSomeMemoryIsInUse() throws Exception {
    GrantedPages used = grantToBob(1);
    GrantedPages other = grantToBob(1);
    EventChannel near = alice.eventChannels().allocate(bob.domid());
    EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
    try (var pipe = new HeldRead(used.memory())) {
      pipe.awaitUse();
      assertThrows(IllegalStateException.class, alice::close);
    }
    eventually(() -> gone(far) && counters().domainsNow() == 1);
    assertThrows(IllegalStateException.class, () -> other.memory().get(JAVA_BYTE, 0));
    far.close();
  }

  @Test
  void shouldReleaseEverythingOfADomainThatIsDestroyed() {
    GrantedPages hers = grantToBob(2);
    MappedPages his = bob.grants().map(alice.domid(), references(hers), Access.READ_WRITE);
    GrantedPages back = bob.grants().grant(alice.domid(), 1, Access.READ_ONLY);
    MappedPages mappedBack = alice.grants().map(bob.domid(), references(back), Access.READ_ONLY);
    EventChannel near = alice.eventChannels().allocate(bob.domid());
    EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
    try (XenStore toolstack = toolstackStore();
        XenStore store = alice.openStore()) {
      store.write("data/x", "1");
      toolstack.watch("@releaseDomain", "gone");
      toolstack.pollWatch();

      destroy(alice.domid());

      eventually(alice::hypervisorGone);
      eventually(() -> toolstack.pollWatch() != null);
      assertNull(toolstack.find("/local/domain/" + alice.domid()));
      assertEquals(0, counters().grantsAllocated() - counters().grantsEnded() - 1);
      assertEquals(1, counters().mappingsNow());
      assertEquals(0, his.memory().get(JAVA_BYTE, 0)); // Still there until he unmaps it.
      assertRefused(
          Reason.BAD_REFERENCE,
          () -> bob.grants().map(alice.domid(), new int[] {8}, Access.READ_ONLY));
      eventually(() -> {
        store.pollWatch();
        return store.disconnected();
      });
      assertRefused(
          Reason.NO_HYPERVISOR, () -> alice.grants().grant(bob.domid(), 1, Access.READ_WRITE));
      assertRefused(Reason.NO_HYPERVISOR, alice::openStore);
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
