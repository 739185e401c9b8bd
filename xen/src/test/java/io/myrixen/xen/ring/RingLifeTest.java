package io.myrixen.xen.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.MappedPages;
import io.myrixen.xen.local.Hypervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RingLifeTest {

  private static final int ENTRY_BYTES = 16;

  private final Hypervisor hypervisor = new Hypervisor();
  private final Domain alice = hypervisor.createDomain("alice");
  private final Domain bob = hypervisor.createDomain("bob");
  private final GrantedPages granted = alice.grants().grant(bob.domid(), 1, Access.READ_WRITE);
  private final EventChannel near = alice.eventChannels().allocate(bob.domid());
  private final MappedPages mapped =
      bob.grants().map(alice.domid(), new int[] {granted.reference(0)}, Access.READ_WRITE);
  private final EventChannel far = bob.eventChannels().bind(alice.domid(), near.port());

  @AfterEach
  void close() {
    hypervisor.close();
  }

  /** What the kernel does to the sign of a process that it buries. */
  private void bury(int offset) {
    granted.memory().set(JAVA_BYTE, offset, (byte) 0);
  }

  @Test
  void shouldTakeABackForComingUntilItWasSeen() {
    FrontRing.init(granted.memory(), ENTRY_BYTES);
    RingLife front = RingLife.ofFront(granted, near);
    assertFalse(front.peerGone());

    RingLife.ofBack(mapped, far);
    assertFalse(front.peerGone());

    bury(RingLayout.BACK_LIVES_OFFSET);
    assertTrue(front.peerGone());
  }

  @Test
  void shouldSeeTheFrontGo() {
    FrontRing.init(granted.memory(), ENTRY_BYTES);
    RingLife.ofFront(granted, near);
    RingLife back = RingLife.ofBack(mapped, far);
    assertFalse(back.peerGone());

    bury(RingLayout.FRONT_LIVES_OFFSET);

    assertTrue(back.peerGone());
  }

  @Test
  void shouldTakeAFrontForGoneThatGaveNoSign() {
    FrontRing.init(granted.memory(), ENTRY_BYTES);

    assertTrue(RingLife.ofBack(mapped, far).peerGone());
  }

  @Test
  void shouldTakeAnyGarbageForASignOfLife() {
    FrontRing.init(granted.memory(), ENTRY_BYTES);
    RingLife back = RingLife.ofBack(mapped, far);

    granted.memory().set(JAVA_BYTE, RingLayout.FRONT_LIVES_OFFSET, (byte) 0x80);

    assertFalse(back.peerGone());
  }
}
