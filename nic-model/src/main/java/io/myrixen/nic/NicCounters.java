package io.myrixen.nic;

import java.util.List;

/**
 * What a NIC has counted. Each number is right at some moment of the snapshot, not all at the same.
 *
 * @param total of the NIC since it was made
 * @param boards of each board since it was added, endpoints that are closed included
 * @param endpoints of each endpoint that is open, since it was opened
 */
public record NicCounters(Values total, List<OfBoard> boards, List<OfEndpoint> endpoints) {

  /** Copies the lists. */
  public NicCounters {
    boards = List.copyOf(boards);
    endpoints = List.copyOf(endpoints);
  }

  /** Counts of one board. */
  public record OfBoard(long nicId, Values values) {}

  /** Counts of one open endpoint. */
  public record OfEndpoint(long nicId, int endpointId, Values values) {}

  /** One value for each {@link NicCounter}; immutable. */
  public static final class Values {

    /** Nothing has been counted. */
    static final Values NONE = new Values(new long[NicCounter.count()]);

    private final long[] values;

    Values(long[] values) {
      this.values = values;
    }

    /** The value of {@code counter}. */
    public long of(NicCounter counter) {
      return values[counter.slot()];
    }

    /** The sums of these and {@code others}. */
    Values plus(Values others) {
      var sums = values.clone();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += others.values[i];
      }
      return new Values(sums);
    }
  }
}
