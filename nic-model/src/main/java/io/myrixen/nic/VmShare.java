package io.myrixen.nic;

import io.myrixen.mx.idle.SpinOrYield;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One VM's part of the NIC: its endpoints, its pulls, and what it may spend. */
final class VmShare {

  private final int vmId;
  private final SpinOrYield idle;
  private final ArrayList<Pull> pulls = new ArrayList<>();
  private NicEndpoint[] endpoints = new NicEndpoint[0];
  private int weight;
  private int boardCount;
  private int endpointCursor;
  private int pullCursor;

  /** Bytes it may still spend; below zero after a chunk larger than what was left. */
  long deficit;

  /** Whether its turn ended since the port was full. */
  boolean cutShort;

  /** Pulls of its endpoints from peers. */
  int fetches;

  /** Frames that those have on their way. */
  int fetchFrames;

  /** Its weight when the first of them began. */
  int fetchWeight;

  /** What peers asked of its windows. */
  final ReplyQueue replies = new ReplyQueue();

  VmShare(int vmId, int idleSpins) {
    this.vmId = vmId;
    this.idle = new SpinOrYield(idleSpins);
  }

  int vmId() {
    return vmId;
  }

  /** How the NIC waits for this VM. */
  SpinOrYield idle() {
    return idle;
  }

  int weight() {
    return weight;
  }

  void addBoard(int newWeight) {
    weight = newWeight;
    boardCount++;
  }

  /** Returns whether the VM has no board any more. */
  boolean removeBoard() {
    return --boardCount == 0;
  }

  /** Makes a new array: one being walked stays as it is. */
  void add(NicEndpoint endpoint) {
    NicEndpoint[] grown = Arrays.copyOf(endpoints, endpoints.length + 1);
    grown[endpoints.length] = endpoint;
    endpoints = grown;
  }

  /** Makes a new array: one being walked stays as it is. */
  void remove(NicEndpoint endpoint) {
    endpoints = Arrays.stream(endpoints).filter(e -> e != endpoint).toArray(NicEndpoint[]::new);
  }

  NicEndpoint[] endpoints() {
    return endpoints;
  }

  /** Pulls of its endpoints, those that have ended since its last turn included. */
  List<Pull> pulls() {
    return pulls;
  }

  /** The endpoint whose turn it is; there is one. */
  NicEndpoint nextEndpoint() {
    if (endpointCursor >= endpoints.length) {
      endpointCursor = 0;
    }
    return endpoints[endpointCursor++];
  }

  /** The pull whose turn it is; there is one. */
  Pull nextPull() {
    if (pullCursor >= pulls.size()) {
      pullCursor = 0;
    }
    return pulls.get(pullCursor++);
  }

  /** Gives pulls that have ended back to their endpoints. */
  void sweepPulls() {
    for (int i = pulls.size() - 1; i >= 0; i--) {
      Pull pull = pulls.get(i);
      if (pull.ended) {
        Pull last = pulls.removeLast();
        if (last != pull) {
          pulls.set(i, last);
        }
        pull.sink.endpoint().pulls().giveBack(pull);
      }
    }
  }
}
