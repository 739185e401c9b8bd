package io.myrixen.nic;

import java.util.ArrayList;

/** What peers asked of one VM's windows, the oldest first. */
final class ReplyQueue {

  /**
   * Sixteen pulls of four runs from each of four peers: more would only wait, and be asked again.
   */
  static final int CAPACITY = 256;

  private final ArrayList<BlockRequest> requests = new ArrayList<>();
  private final ArrayList<BlockRequest> free = new ArrayList<>();

  int size() {
    return requests.size();
  }

  BlockRequest get(int index) {
    return requests.get(index);
  }

  /** A request to fill in and {@link #add}, or to {@link #giveBack}. */
  BlockRequest take() {
    return free.isEmpty() ? new BlockRequest() : free.removeLast();
  }

  void add(BlockRequest request) {
    requests.add(request);
    SlidingSource source = request.sliding();
    if (source != null) {
      source.requestCount++;
    }
  }

  void remove(int index) {
    BlockRequest request = requests.remove(index);
    SlidingSource source = request.sliding();
    if (source != null) {
      source.requestCount--;
    }
    giveBack(request);
  }

  void giveBack(BlockRequest request) {
    request.clear();
    free.add(request);
  }
}
