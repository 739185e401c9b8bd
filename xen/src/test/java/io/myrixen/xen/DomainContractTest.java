package io.myrixen.xen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * What every substrate promises to a domain. One subclass per implementation. Two domains are
 * played by two objects; where both are the same domain, it speaks with itself.
 */
@Timeout(60)
public abstract class DomainContractTest {

  private static final int PAGE_BYTES = GrantTable.PAGE_BYTES;
  static final long LONG_NS = 20_000_000_000L;
  private static final VarHandle LONGS = JAVA_LONG.varHandle();

  private Domain alice;
  private Domain bob;

  /** Makes a domain with its process, or what stands for it. */
  protected abstract Domain createDomain(String name);

  /** Returns the domid of a third one. */
  protected abstract int createStranger();

  /** How many mappings of others' pages there are. */
  protected abstract int mappings();

  /** Called when both domains are closed. */
  protected abstract void assertNothingLeft();

  /** How often two threads wake each other. */
  protected int wakeUpRounds() {
    return 5_000;
  }

  @BeforeEach
  void makeTwoDomains() {
    alice = createDomain("alice");
    bob = createDomain("bob");
  }

  @AfterEach
  void shouldLeaveNothing() {
    alice.close();
    bob.close();
    assertNothingLeft();
  }

  /** One of the two. */
  protected final Domain alice() {
    return alice;
  }

  /** The other one. */
  protected final Domain bob() {
    return bob;
  }

  /** Waits, bounded, for what another thread or process does. */
  protected static void eventually(BooleanSupplier condition) {
    long beginNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - beginNs < LONG_NS, "did not happen in time");
      LockSupport.parkNanos(100_000);
    }
  }

  static void assertRefused(Reason reason, Executable request) {
    XenException e = assertThrows(XenException.class, request);
    assertEquals(reason, e.reason(), e.getMessage());
  }

  static int[] references(GrantedPages pages) {
    var references = new int[pages.pageCount()];
    for (int i = 0; i < references.length; i++) {
      references[i] = pages.reference(i);
    }
    return references;
  }

  final GrantedPages grantToBob(int pageCount) {
    return alice.grants().grant(bob.domid(), pageCount, Access.READ_WRITE);
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
    int stranger = createStranger();
    try (GrantedPages granted = alice.grants().grant(stranger, 1, Access.READ_WRITE)) {
      assertRefused(
          Reason.BAD_REFERENCE,
          () -> bob.grants().map(alice.domid(), references(granted), Access.READ_ONLY));
    }
  }

  @Test
  void shouldMapAllOrNothing() {
    int stranger = createStranger();
    try (GrantedPages granted = grantToBob(1);
        GrantedPages other = alice.grants().grant(stranger, 1, Access.READ_WRITE)) {
      int[] list = {granted.reference(0), other.reference(0)};
      assertRefused(
          Reason.BAD_REFERENCE, () -> bob.grants().map(alice.domid(), list, Access.READ_ONLY));
      assertEquals(0, mappings());
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
    try (MappedPages mapped =
        bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE)) {
      granted.memory().set(JAVA_BYTE, 0, (byte) 3);

      granted.close();

      assertEquals(3, mapped.memory().get(JAVA_BYTE, 0));
      assertEquals(1, mappings());
    }
    assertEquals(0, mappings());
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
    assertRefused(Reason.BAD_REQUEST, () -> alice.grants().grant(bob.domid(), 0, Access.READ_ONLY));
    assertRefused(
        Reason.BAD_REQUEST, () -> bob.grants().map(alice.domid(), new int[0], Access.READ_ONLY));
    assertRefused(
        Reason.BAD_REFERENCE, () -> bob.grants().map(4242, new int[] {8}, Access.READ_ONLY));
  }

  /** By the byte that was asked for, or by the channel: each substrate has one of them at least. */
  @Test
  void shouldTellTheOtherEndWhenPagesAndTheirChannelAreClosed() {
    try (GrantedPages granted = grantToBob(1);
        EventChannel near = alice.eventChannels().allocate(bob.domid());
        Waiter waiter = alice.newWaiter()) {
      MappedPages mapped = bob.grants().map(alice.domid(), references(granted), Access.READ_WRITE);
      EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
      mapped.announceEnd(7, far);
      mapped.memory().set(JAVA_BYTE, 7, (byte) 1);
      waiter.add(near);
      assertFalse(near.drain() && gone(near));

      far.close();
      mapped.close();

      assertTrue(waiter.await(LONG_NS));
      eventually(() -> gone(near) || granted.memory().get(JAVA_BYTE, 7) == 0);
      near.raise(); // To nobody.
    }
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
      far.drain(); // On Xen one more may have come while the first was not taken.
      assertFalse(far.drain());
      assertFalse(far.peerGone());
      assertFalse(near.drain());
      far.raise();
      eventually(near::drain);
    }
  }

  @Test
  void shouldLetTheNamedDomainBindAPortOnce() {
    int stranger = createStranger();
    try (EventChannel near = alice.eventChannels().allocate(bob.domid());
        EventChannel other = alice.eventChannels().allocate(stranger)) {
      assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(alice.domid(), other.port()));
      EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());
      assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(alice.domid(), near.port()));
      far.close();
    }
    assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(alice.domid(), 777_777));
    assertRefused(Reason.BAD_PORT, () -> bob.eventChannels().bind(4242, 1));
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

  static boolean gone(EventChannel channel) {
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
    int rounds = wakeUpRounds();
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
  void shouldFindItselfAloneInTheStore() {
    int stranger = createStranger();
    try (XenStore store = alice.openStore()) {
      assertEquals("" + alice.domid(), store.read("domid"));
      XenStoreException e =
          assertThrows(
              XenStoreException.class, () -> store.read("/local/domain/" + stranger + "/name"));
      assertEquals("EACCES", e.error());
    }
  }

  @Test
  void shouldWakeForAWatchAndNotBefore() {
    try (XenStore hers = alice.openStore();
        XenStore other = alice.openStore();
        Waiter waiter = alice.newWaiter()) {
      hers.watch("data/contract", "t");
      waiter.add(hers);
      assertTrue(waiter.await(LONG_NS));
      assertNotNull(hers.pollWatch());
      assertNull(hers.pollWatch());
      assertFalse(waiter.await(0));

      other.write("data/contract/x", "1");
      assertTrue(waiter.await(LONG_NS));
      assertEquals(new XenStore.WatchEvent("data/contract/x", "t"), hers.pollWatch());
    }
  }

  /** An event that came in while an answer was awaited must end the sleep too. */
  @Test
  void shouldWakeForAnEventThatWasReceivedTogetherWithAnAnswer() {
    try (XenStore hers = alice.openStore();
        Waiter waiter = alice.newWaiter()) {
      waiter.add(hers);
      hers.watch("data/contract", "t");
      hers.write("data/contract/x", "1");
      assertEquals("1", hers.read("data/contract/x"));

      for (int i = 0; i < 2; i++) {
        assertTrue(waiter.await(LONG_NS), "slept on event " + i);
        assertNotNull(hers.pollWatch());
      }
      assertNull(hers.pollWatch());
      assertFalse(waiter.await(0));
    }
  }

  @Test
  void shouldStayAwakeWhileOneOfSeveralEventsIsNotTaken() {
    try (XenStore hers = alice.openStore();
        XenStore other = alice.openStore();
        Waiter waiter = alice.newWaiter()) {
      waiter.add(hers);
      hers.watch("data/contract", "t");
      assertTrue(waiter.await(LONG_NS));
      assertNotNull(hers.pollWatch());
      for (int i = 0; i < 3; i++) {
        other.write("data/contract/" + i, "1");
      }
      for (int i = 0; i < 3; i++) {
        assertTrue(waiter.await(LONG_NS), "slept on event " + i);
        assertEquals(new XenStore.WatchEvent("data/contract/" + i, "t"), hers.pollWatch());
      }
      assertFalse(waiter.await(0));
    }
  }
}
