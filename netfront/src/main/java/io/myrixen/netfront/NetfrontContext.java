package io.myrixen.netfront;

import java.util.concurrent.TimeUnit;

/**
 * Settings of a VM's frontend, checked when built.
 *
 * @param requestTimeoutNs how long the driver domain may take to answer a request, in nanoseconds
 * @param attachTimeoutNs how long a process waits for its boards, in nanoseconds
 */
public record NetfrontContext(long requestTimeoutNs, long attachTimeoutNs) {

  /** How long the driver domain may take to answer, in milliseconds. */
  public static final String REQUEST_TIMEOUT_PROP_NAME = "myrixen.netfront.request-timeout";

  /** How long a process waits for its boards, in milliseconds. */
  public static final String ATTACH_TIMEOUT_PROP_NAME = "myrixen.netfront.attach-timeout";

  /** Far beyond a busy driver domain's worst, so that only a dead or stopped one reaches it. */
  public static final long REQUEST_TIMEOUT_DEFAULT_MS = 10_000;

  /** As long as libxl waits for a backend. */
  public static final long ATTACH_TIMEOUT_DEFAULT_MS = 10_000;

  /** Checks every component. */
  public NetfrontContext {
    check(REQUEST_TIMEOUT_PROP_NAME, requestTimeoutNs);
    check(ATTACH_TIMEOUT_PROP_NAME, attachTimeoutNs);
  }

  /** Returns the defaults, each overridden by its system property where one is set. */
  public static NetfrontContext fromSystemProperties() {
    return new NetfrontContext(
        ms(REQUEST_TIMEOUT_PROP_NAME, REQUEST_TIMEOUT_DEFAULT_MS),
        ms(ATTACH_TIMEOUT_PROP_NAME, ATTACH_TIMEOUT_DEFAULT_MS));
  }

  private static long ms(String name, long defaultMs) {
    return TimeUnit.MILLISECONDS.toNanos(Long.getLong(name, defaultMs));
  }

  private static void check(String name, long valueNs) {
    if (valueNs < 1) {
      throw new IllegalArgumentException(
          "%s must be at least 1 ms: %d ns".formatted(name, valueNs));
    }
  }
}
