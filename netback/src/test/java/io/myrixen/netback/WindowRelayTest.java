package io.myrixen.netback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.SlotReader;
import io.myrixen.mx.window.SlotWriter;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.EventChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A VM and a NIC by hand, and the relay between their windows. */
class WindowRelayTest {

  private static final WindowGeometry GEOMETRY = WindowGeometry.DEFAULT;

  private final WindowLayout layout = new WindowLayout(GEOMETRY);
  private final MemorySegment vm = Arena.ofAuto().allocate(layout.lengthBytes(), 4096);
  private final Bell bell = new Bell();
  private int nicWoken;
  private final WindowRelay relay = new WindowRelay(vm, GEOMETRY, bell, () -> nicWoken++);
  private final MemorySegment nic = relay.window();
  private final ControlLines vmControl = new ControlLines(vm);
  private final ControlLines nicControl = new ControlLines(nic);
  private final SlotWriter commands =
      new SlotWriter(vm, layout.commandsOffset(), GEOMETRY.commandsLog2());
  private final SlotReader commandsAtNic =
      new SlotReader(nic, layout.commandsOffset(), GEOMETRY.commandsLog2());
  private final SlotWriter eventsAtNic =
      new SlotWriter(nic, layout.eventsOffset(), GEOMETRY.eventsLog2());
  private final SlotReader events =
      new SlotReader(vm, layout.eventsOffset(), GEOMETRY.eventsLog2());
  private final SlotWriter completionsAtNic =
      new SlotWriter(nic, layout.completionsOffset(), GEOMETRY.completionsLog2());
  private final SlotReader completions =
      new SlotReader(vm, layout.completionsOffset(), GEOMETRY.completionsLog2());
  private final Descriptor slot = new Descriptor();

  /** Counts. */
  private static final class Bell implements EventChannel {
    private int raised;

    @Override
    public int port() {
      return 1;
    }

    @Override
    public void raise() {
      raised++;
    }

    @Override
    public boolean drain() {
      return false;
    }

    @Override
    public boolean peerGone() {
      return false;
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void close() {
    relay.close();
  }

  private Descriptor kind(int kind) {
    slot.clear();
    slot.kind = kind;
    return slot;
  }

  private void rest() {
    for (int i = 0; i < 1_000; i++) {
      if (relay.doWork() == 0) {
        return;
      }
    }
    throw new AssertionError("the relay does not come to rest");
  }

  @Test
  void shouldCarryCommandsWithTheirPayloadToTheSamePlaces() {
    kind(Kind.SMALL).length = 100;
    vm.asSlice(layout.smallCellOffset(0), 100).fill((byte) 1);
    commands.write(slot);
    kind(Kind.MEDIUM).length = 5_000;
    slot.sendSlot(0, 3);
    slot.sendSlot(1, 1);
    vm.asSlice(layout.sendSlotOffset(3), 4096).fill((byte) 2);
    vm.asSlice(layout.sendSlotOffset(1), 4096).fill((byte) 3);
    commands.write(slot);

    rest();

    assertTrue(commandsAtNic.poll(slot));
    assertEquals(Kind.SMALL, slot.kind);
    assertEquals(1, nic.get(ValueLayout.JAVA_BYTE, layout.smallCellOffset(0) + 99));
    assertTrue(commandsAtNic.poll(slot));
    assertEquals(3, slot.sendSlot(0));
    assertEquals(2, nic.get(ValueLayout.JAVA_BYTE, layout.sendSlotOffset(3) + 4095));
    assertEquals(3, nic.get(ValueLayout.JAVA_BYTE, layout.sendSlotOffset(1) + 903));
    assertEquals(0, nic.get(ValueLayout.JAVA_BYTE, layout.sendSlotOffset(1) + 904));
    assertFalse(commandsAtNic.poll(slot));
  }

  @Test
  void shouldCarryEventsWithTheirPayloadToTheSamePlaces() {
    kind(Kind.SMALL).length = 64;
    slot.receivePosition(128);
    nic.asSlice(layout.receiveOffset(128), 64).fill((byte) 3);
    eventsAtNic.write(slot);

    rest();

    assertTrue(events.poll(slot));
    assertEquals(128, slot.receivePosition());
    assertEquals(3, vm.get(ValueLayout.JAVA_BYTE, layout.receiveOffset(128) + 63));
    assertTrue(relay.waiting(), "the VM has not consumed it");
    vmControl.eventsConsumedRelease(1, 192);
    rest();
    assertEquals(1, nicControl.eventsConsumedAcquire());
    assertEquals(192, nicControl.receiveConsumedAcquire());
    assertFalse(relay.waiting());
  }

  @Test
  void shouldNeverOverrunTheNicHoweverMuchTheVmWrites() {
    int capacity = GEOMETRY.commandCount();
    for (int i = 0; i < 3 * capacity; i++) {
      commands.write(kind(Kind.ACK));
      relay.doWork();
    }

    int seen = 0;
    while (commandsAtNic.poll(slot)) {
      seen++;
    }
    assertEquals(capacity, seen);
  }

  @Test
  void shouldTellOfConsumedCommandsAfterWhatTheyCompletedWith() {
    for (int i = 0; i < WindowRelay.BATCH_LIMIT + 1; i++) {
      completionsAtNic.write(kind(Kind.RECEIVER_FULL));
    }
    nicControl.commandsConsumedRelease(5);

    relay.doWork();
    assertEquals(0, vmControl.commandsConsumedAcquire());

    rest();
    assertEquals(5, vmControl.commandsConsumedAcquire());
    assertTrue(completions.poll(slot));
  }

  @Test
  void shouldCarryAnRdmaWindowFromItsAnnouncementToItsEnd() {
    var entry = new RdmaWindowEntry(vm, layout.rdmaWindowOffset(2));
    var atNic = new RdmaWindowEntry(nic, layout.rdmaWindowOffset(2));
    var copy = new RdmaWindowEntry.Copy();
    entry.open(RdmaWindowEntry.ANNOUNCED, 7, 0, 0, 100_000, 0);
    kind(Kind.RNDV).remoteWindow(2, 7);
    commands.write(slot);
    rest();
    atNic.read(copy);
    assertEquals(RdmaWindowEntry.ANNOUNCED, copy.state);
    assertEquals(100_000, copy.messageLength);

    atNic.wantedRelease();
    nicControl.wantedEpochRelease(1);
    rest();
    assertTrue(entry.wantedAcquire());
    assertEquals(1, vmControl.wantedEpochAcquire());

    entry.back(7, 11, 4096, 65_536);
    entry.watermarkRelease(65_536);
    rest();
    atNic.read(copy);
    assertEquals(RdmaWindowEntry.SOURCE, copy.state);
    assertEquals(11, copy.regionId);
    assertEquals(65_536, atNic.watermarkAcquire());

    atNic.progressRelease(60_000);
    rest();
    assertEquals(60_000, entry.progressAcquire());

    atNic.progressRelease(10_000);
    atNic.seekRelease(1, 10_000);
    rest();
    assertEquals(10_000, entry.progressAcquire());
    assertEquals(1, entry.seekEpochAcquire());
    assertEquals(10_000, entry.seekPosition());
    entry.watermarkRelease(1, 75_000);
    rest();
    assertEquals(1, RdmaWindowEntry.epochOf(atNic.watermarkAcquire()));
    assertEquals(75_000, RdmaWindowEntry.watermarkOf(atNic.watermarkAcquire()));

    entry.close();
    rest();
    atNic.read(copy);
    assertEquals(RdmaWindowEntry.CLOSED, copy.state);
  }

  @Test
  void shouldRingForThoseWhoSleepAndForNobodyElse() {
    commands.write(kind(Kind.ACK));
    eventsAtNic.write(kind(Kind.ACK));
    rest();
    assertEquals(0, nicWoken + bell.raised);

    nicControl.nicAsleep(true);
    vmControl.vmAsleep(true);
    rest();
    assertEquals(0, nicWoken + bell.raised, "there is nothing new");
    commands.write(kind(Kind.ACK));
    rest();
    assertEquals(1, nicWoken);
    eventsAtNic.write(kind(Kind.ACK));
    rest();
    assertEquals(1, bell.raised);
  }

  @Test
  void shouldTellBothSidesThatItSleeps() {
    relay.asleep(true);
    assertTrue(vmControl.nicAsleepAfterCommand());
    assertTrue(nicControl.vmAsleepAfterEvent());
    relay.asleep(false);
    assertFalse(vmControl.nicAsleepAfterCommand());
    assertFalse(nicControl.vmAsleepAfterEvent());
  }

  @RepeatedTest(32)
  void shouldTouchNothingButItsWindowsWhateverTheVmWrites() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    int[] kinds = {Kind.SMALL, Kind.MEDIUM, Kind.RNDV, Kind.PULL, Kind.TINY, 0, 255};
    byte[] garbage = new byte[RdmaWindowEntry.LENGTH];
    for (int i = 0; i < 2_000; i++) {
      kind(kinds[random.nextInt(kinds.length)]).length = random.nextInt();
      slot.detail0 = random.nextLong();
      slot.detail1 = random.nextBoolean() ? random.nextLong() : random.nextInt(16);
      commands.write(slot);
      random.nextBytes(garbage);
      garbage[0] = (byte) random.nextInt(5);
      long at = layout.rdmaWindowOffset(random.nextInt(GEOMETRY.rdmaWindowCount()));
      MemorySegment.copy(garbage, 0, vm, ValueLayout.JAVA_BYTE, at, garbage.length);
      vmControl.eventsConsumedRelease(random.nextLong(), random.nextLong());
      vmControl.completionsConsumedRelease(random.nextLong());
      try {
        relay.doWork();
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
      while (commandsAtNic.poll(slot)) {
        nicControl.commandsConsumedRelease(commandsAtNic.position());
      }
    }
  }
}
