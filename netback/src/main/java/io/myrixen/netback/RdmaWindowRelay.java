package io.myrixen.netback;

import io.myrixen.mx.window.RdmaWindowEntry;
import io.myrixen.mx.window.WindowLayout;
import java.lang.foreign.MemorySegment;

/**
 * Carries the RDMA windows of one relayed window: what the VM opens and how far it lets the NIC go,
 * and back how far the NIC has come. An entry is watched from the first command that names it until
 * the VM closes it: before that no pull can know it. Confined to netback's thread.
 */
final class RdmaWindowRelay {

  private final RdmaWindowEntry[] vmEntries;
  private final RdmaWindowEntry[] nicEntries;
  private final RdmaWindowEntry.Copy copy = new RdmaWindowEntry.Copy();

  /** Of each entry, as it was carried last. */
  private final int[] states;

  private final int[] generations;
  private final long[] watermarks;
  private final long[] progresses;
  private final boolean[] wanted;
  private final int[] seeks;

  /** Those that are watched, in no order. */
  private final int[] watched;

  private final boolean[] isWatched;
  private int watchedCount;

  RdmaWindowRelay(MemorySegment vm, MemorySegment nic, WindowLayout layout) {
    int count = layout.geometry().rdmaWindowCount();
    this.vmEntries = new RdmaWindowEntry[count];
    this.nicEntries = new RdmaWindowEntry[count];
    for (int id = 0; id < count; id++) {
      vmEntries[id] = new RdmaWindowEntry(vm, layout.rdmaWindowOffset(id));
      nicEntries[id] = new RdmaWindowEntry(nic, layout.rdmaWindowOffset(id));
    }
    this.states = new int[count];
    this.generations = new int[count];
    this.watermarks = new long[count];
    this.progresses = new long[count];
    this.wanted = new boolean[count];
    this.seeks = new int[count];
    this.watched = new int[count];
    this.isWatched = new boolean[count];
  }

  /** A command names {@code id}, which the VM has opened: carries it, and goes on with that. */
  void watch(int id) {
    if (id >= vmEntries.length) {
      return; // The NIC closes the endpoint for it.
    }
    if (!isWatched[id]) {
      isWatched[id] = true;
      watched[watchedCount++] = id;
    }
    carryToNic(id);
  }

  /** Carries what the VM changed; returns how much. */
  int carryToNic() {
    int changes = 0;
    for (int i = watchedCount - 1; i >= 0; i--) {
      int id = watched[i];
      changes += carryToNic(id);
      if (states[id] == RdmaWindowEntry.CLOSED) {
        isWatched[id] = false;
        watched[i] = watched[--watchedCount];
      }
    }
    return changes;
  }

  private int carryToNic(int id) {
    RdmaWindowEntry from = vmEntries[id];
    from.read(copy);
    if (copy.state == RdmaWindowEntry.CLOSED) {
      from.read(copy); // It may have got its memory meanwhile, which reads as closed once.
    }
    int changes = 0;
    if (copy.state != states[id] || copy.generation != generations[id]) {
      carryHeader(id);
      changes++;
    }
    // Acquire: pairs with watermarkRelease; what the VM wrote below it is there for the NIC too.
    long watermark = from.watermarkAcquire();
    if (watermark != watermarks[id] && states[id] != RdmaWindowEntry.CLOSED) {
      watermarks[id] = watermark;
      nicEntries[id].watermarkRelease(watermark);
      changes++;
    }
    return changes;
  }

  private void carryHeader(int id) {
    RdmaWindowEntry to = nicEntries[id];
    if (copy.state == RdmaWindowEntry.CLOSED) {
      to.close();
    } else if (states[id] == RdmaWindowEntry.ANNOUNCED
        && copy.state == RdmaWindowEntry.SOURCE
        && copy.generation == generations[id]) {
      to.back(copy.generation, copy.regionId, copy.regionOffset, (int) copy.ringBytes);
    } else {
      to.open(
          copy.state,
          copy.generation,
          copy.regionId,
          copy.regionOffset,
          copy.messageLength,
          (int) copy.ringBytes);
      watermarks[id] = 0;
      progresses[id] = 0;
      wanted[id] = false;
      seeks[id] = 0;
    }
    states[id] = copy.state;
    generations[id] = copy.generation;
  }

  /** Carries what the NIC changed; returns how much. */
  int carryToVm() {
    int changes = 0;
    for (int i = 0; i < watchedCount; i++) {
      int id = watched[i];
      int seek = nicEntries[id].seekEpochAcquire(); // Before the progress that goes with it.
      // Acquire: pairs with progressRelease; what the NIC moved is there for the VM too.
      long progress = nicEntries[id].progressAcquire();
      if (progress != progresses[id]) {
        progresses[id] = progress;
        vmEntries[id].progressRelease(progress);
        changes++;
      }
      if (seek != seeks[id]) {
        seeks[id] = seek;
        vmEntries[id].seekRelease(seek, nicEntries[id].seekPosition());
        changes++;
      }
      if (!wanted[id] && nicEntries[id].wantedAcquire()) {
        wanted[id] = true;
        vmEntries[id].wantedRelease();
        changes++;
      }
    }
    return changes;
  }
}
