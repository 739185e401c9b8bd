package io.myrixen.driver.bench.relay;

/** Which of the three processes one is. */
public enum Role {
  /** Drives and measures. */
  A,
  /** Serves. */
  B,
  /** Stands between them. */
  RELAY
}
