package io.myrixen.nic;

import java.util.List;

/**
 * What a NIC has counted. Each number is right at some moment of the snapshot, not all at the same.
 *
 * @param total of the NIC since it was made
 * @param endpoints of each endpoint that is open, since it was opened
 */
public record NicCounters(Values total, List<OfEndpoint> endpoints) {

  /** Copies the list. */
  public NicCounters {
    endpoints = List.copyOf(endpoints);
  }

  /** Counts of one open endpoint. */
  public record OfEndpoint(long nicId, int endpointId, Values values) {}

  /** One value for each {@link NicCounter}. */
  public static final class Values {

    private final long[] values;

    Values(long[] values) {
      this.values = values;
    }

    /** The value of {@code counter}. */
    public long of(NicCounter counter) {
      return values[counter.slot()];
    }
  }
}
