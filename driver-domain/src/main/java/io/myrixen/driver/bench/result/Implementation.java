package io.myrixen.driver.bench.result;

import java.util.List;
import java.util.Locale;

/** Ways a message can go from one process to another through a third one. */
public enum Implementation {
  /** The bare relay at its best: for each metric and size the variant that did best. */
  RELAY,
  /** The bare relay, yielding after 1 pause. */
  RELAY_1,
  /** The bare relay, yielding after 10 pauses. */
  RELAY_10,
  /** The bare relay, yielding after 30 pauses. */
  RELAY_30,
  /** The bare relay, yielding after 100 pauses. */
  RELAY_100,
  /** A plain process's window: the driver domain hands it out without XenBus and grants. */
  NATIVE,
  /** A VM's window, mapped by the driver domain through the split driver. */
  VM,
  /** A VM without a window: every message passes through netback's ring. */
  RELAYED;

  /** The bare relay with each number of pauses. */
  public static final List<Implementation> RELAY_VARIANTS =
      List.of(RELAY_1, RELAY_10, RELAY_30, RELAY_100);

  /** For machines and people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
