package io.myrixen.mx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The endpoints of a process that are open, and what those that are not have counted. */
final class OpenEndpoints {

  private final List<Endpoint> open = new ArrayList<>();
  private final Map<Integer, long[]> closedCounts = new HashMap<>();
  private boolean shut;

  /** Adds one. Returns whether that is still possible. */
  synchronized boolean add(Endpoint endpoint) {
    if (shut) {
      return false;
    }
    return open.add(endpoint);
  }

  synchronized boolean shut() {
    return shut;
  }

  /** From now on none is added. Returns those that are open, or none if it was so already. */
  synchronized List<Endpoint> shutDown() {
    List<Endpoint> last = shut ? List.of() : List.copyOf(open);
    shut = true;
    return last;
  }

  /** An endpoint has been closed. */
  synchronized void closed(Endpoint endpoint) {
    if (open.remove(endpoint)) {
      add(
          closedCounts.computeIfAbsent(
              endpoint.board().number(), _ -> new long[CounterTable.LABELS.size()]),
          endpoint);
    }
  }

  private static void add(long[] sums, Endpoint endpoint) {
    long[] counts = CounterTable.values(endpoint.counters());
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }

  /** What all endpoints of board {@code number} together have counted. */
  synchronized List<Long> counts(int number) {
    long[] sums = closedCounts.getOrDefault(number, new long[CounterTable.LABELS.size()]).clone();
    for (Endpoint endpoint : open) {
      if (endpoint.board().number() == number) {
        add(sums, endpoint);
      }
    }
    var list = new ArrayList<Long>(sums.length);
    for (long sum : sums) {
      list.add(sum);
    }
    return list;
  }
}
