package io.myrixen.nic;

/**
 * What all pulls from peers together may have on their way, and each VM's part of it. A VM alone
 * may use all of it; of several that pull, each has its share by weight, and one run at least.
 */
final class FetchBudget {

  private final long windowFrames;

  /** Frames asked for by all VMs, that have neither arrived nor been taken for lost. */
  private long onTheirWay;

  /** Weights of the VMs that pull. */
  private long weights;

  FetchBudget(long windowBytes, int frameBytes) {
    windowFrames = windowBytes / frameBytes;
  }

  /** A pull of {@code vm} begins. */
  void begun(VmShare vm) {
    if (vm.fetches == 0) {
      vm.fetchWeight = vm.weight();
      weights += vm.fetchWeight;
    }
    vm.fetches++;
  }

  /** A pull of {@code vm} has ended. */
  void ended(VmShare vm) {
    vm.fetches--;
    if (vm.fetches == 0) {
      weights -= vm.fetchWeight;
    }
  }

  /** {@code frames} more of {@code vm} are on their way, or fewer. */
  void add(VmShare vm, int frames) {
    onTheirWay += frames;
    vm.fetchFrames += frames;
  }

  /** How many frames {@code vm}, which pulls, may ask for now. */
  long framesFor(VmShare vm) {
    long free = windowFrames - onTheirWay;
    if (vm.fetchFrames == 0) {
      return free; // However many there are, each gets on.
    }
    return Math.min(free, windowFrames * vm.fetchWeight / weights - vm.fetchFrames);
  }
}
