package io.myrixen.mx;

import io.myrixen.mx.window.WindowGeometry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is to be. Begin with {@link #fromEnvironment} and change what matters.
 *
 * @param geometry sizes of the window's parts; netback may cap them
 * @param rendezvousThreshold longest message that is sent eagerly, 128 to 32768 bytes: MX's own
 *     bounds and default
 * @param stagingBytes registered memory through which large messages in other memory pass, in
 *     bytes: a power of two from 64 KiB to 1 GiB, so that it divides into rings
 * @param shared whether several threads may use the endpoint at once
 * @param backgroundProgress whether the driver's thread makes progress while the application is
 *     away
 * @param linger how long {@link Endpoint#close()} waits for acknowledgements
 * @param requestTimeout how long a message may stay unacknowledged before its partner is given up
 * @param unexpectedBytes limit of the memory for messages that wait for their receive; beyond it
 *     they are refused and sent again
 * @param zombieSends eager sends that may have been called complete without being acknowledged
 * @param waitSpins looks in vain before a waiting thread yields, where spinning pays
 * @param waitBudget how long a waiting thread polls before it sleeps
 */
public record EndpointOptions(
    WindowGeometry geometry,
    int rendezvousThreshold,
    long stagingBytes,
    boolean shared,
    boolean backgroundProgress,
    Duration linger,
    Duration requestTimeout,
    long unexpectedBytes,
    int zombieSends,
    int waitSpins,
    Duration waitBudget) {

  /** Bytes; see {@code rendezvousThreshold}. */
  public static final String RENDEZVOUS_THRESHOLD_PROP_NAME = "myrixen.mx.rendezvous.threshold";

  /** Bytes; see {@code stagingBytes}. */
  public static final String STAGING_BYTES_PROP_NAME = "myrixen.mx.staging.bytes";

  /** Whether endpoints are shared unless told otherwise. */
  public static final String SHARED_PROP_NAME = "myrixen.mx.shared";

  /** Whether endpoints progress in the background unless told otherwise. */
  public static final String BACKGROUND_PROP_NAME = "myrixen.mx.background";

  /** Milliseconds; see {@code linger}. */
  public static final String LINGER_PROP_NAME = "myrixen.mx.linger";

  /** Milliseconds; see {@code requestTimeout}. */
  public static final String REQUEST_TIMEOUT_PROP_NAME = "myrixen.mx.request.timeout";

  /** Bytes; see {@code unexpectedBytes}. */
  public static final String UNEXPECTED_BYTES_PROP_NAME = "myrixen.mx.unexpected.bytes";

  /** Count; see {@code zombieSends}. */
  public static final String ZOMBIE_SENDS_PROP_NAME = "myrixen.mx.zombie.sends";

  /** Count; see {@code waitSpins}. */
  public static final String WAIT_SPINS_PROP_NAME = "myrixen.mx.wait.spins";

  /** Microseconds; see {@code waitBudget}. */
  public static final String WAIT_BUDGET_PROP_NAME = "myrixen.mx.wait.budget";

  static final int MEDIUM_MAX = 32_768;

  /** 4 MiB: sixteen messages at once, with rings of 256 KiB. */
  static final long STAGING_BYTES_DEFAULT = 4L << 20;

  static final int LINGER_DEFAULT_MS = 5_000;
  static final int REQUEST_TIMEOUT_DEFAULT_MS = 60_000;

  /** 64 MiB: two thousand messages of the longest eager kind. */
  static final long UNEXPECTED_BYTES_DEFAULT = 64L << 20;

  /** MX's own number. */
  static final int ZOMBIE_SENDS_DEFAULT = 512;

  /** Three microseconds: the NIC and a VM on another core have answered by then. */
  static final int WAIT_SPINS_DEFAULT = 40;

  /** 200 microseconds: a few sleeps' worth, so that who answers soon is not slept on. */
  static final int WAIT_BUDGET_DEFAULT_US = 200;

  /** Checks each part. */
  public EndpointOptions {
    check("rendezvousThreshold", rendezvousThreshold, 128, MEDIUM_MAX);
    check("stagingBytes", stagingBytes, 64L << 10, 1L << 30);
    if (Long.bitCount(stagingBytes) != 1) {
      throw new MxException(
          ReturnCode.BAD_PARAM_VAL, "stagingBytes must be a power of two: " + stagingBytes);
    }
    check("linger", linger.toNanos(), 0, Long.MAX_VALUE);
    check("requestTimeout", requestTimeout.toNanos(), 1_000_000, Duration.ofDays(1).toNanos());
    check("unexpectedBytes", unexpectedBytes, MEDIUM_MAX, Long.MAX_VALUE);
    check("zombieSends", zombieSends, 0, 8_191);
    check("waitSpins", waitSpins, 1, 1_000_000);
    check("waitBudget", waitBudget.toNanos(), 0, Duration.ofMinutes(1).toNanos());
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new MxException(
          ReturnCode.BAD_PARAM_VAL, "%s must be %d to %d: %d".formatted(name, min, max, value));
    }
  }

  /**
   * Returns the defaults, overridden by MX's environment variables ({@code MX_MONOTHREAD}, {@code
   * MX_ZOMBIE_SEND}, {@code OMX_RNDV_THRESHOLD}), and these by system properties.
   */
  public static EndpointOptions fromEnvironment() {
    return new EndpointOptions(
        WindowGeometry.DEFAULT,
        (int) number(RENDEZVOUS_THRESHOLD_PROP_NAME, "OMX_RNDV_THRESHOLD", MEDIUM_MAX),
        number(STAGING_BYTES_PROP_NAME, null, STAGING_BYTES_DEFAULT),
        flag(SHARED_PROP_NAME, false),
        flag(BACKGROUND_PROP_NAME, !"1".equals(System.getenv("MX_MONOTHREAD"))),
        Duration.ofMillis(number(LINGER_PROP_NAME, null, LINGER_DEFAULT_MS)),
        Duration.ofMillis(number(REQUEST_TIMEOUT_PROP_NAME, null, REQUEST_TIMEOUT_DEFAULT_MS)),
        number(UNEXPECTED_BYTES_PROP_NAME, null, UNEXPECTED_BYTES_DEFAULT),
        (int) number(ZOMBIE_SENDS_PROP_NAME, "MX_ZOMBIE_SEND", ZOMBIE_SENDS_DEFAULT),
        (int) number(WAIT_SPINS_PROP_NAME, null, WAIT_SPINS_DEFAULT),
        Duration.ofNanos(1_000 * number(WAIT_BUDGET_PROP_NAME, null, WAIT_BUDGET_DEFAULT_US)));
  }

  private static boolean flag(String property, boolean otherwise) {
    String text = System.getProperty(property);
    return text == null ? otherwise : Boolean.parseBoolean(text);
  }

  private static long number(String property, @Nullable String variable, long otherwise) {
    String name = property;
    String text = System.getProperty(property);
    if (text == null && variable != null) {
      name = variable;
      text = System.getenv(variable);
    }
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new MxException(ReturnCode.BAD_PARAM_VAL, name + " is not a number: " + text, e);
    }
  }

  /** With other sizes of the window's parts. */
  public EndpointOptions withGeometry(WindowGeometry value) {
    var draft = new Draft(this);
    draft.geometry = value;
    return draft.options();
  }

  /** With another longest eager message. */
  public EndpointOptions withRendezvousThreshold(int value) {
    var draft = new Draft(this);
    draft.rendezvousThreshold = value;
    return draft.options();
  }

  /** With more or less memory for staging. */
  public EndpointOptions withStagingBytes(long value) {
    var draft = new Draft(this);
    draft.stagingBytes = value;
    return draft.options();
  }

  /** Open to several threads at once, or confined to one at a time. */
  public EndpointOptions withShared(boolean value) {
    var draft = new Draft(this);
    draft.shared = value;
    return draft.options();
  }

  /** With progress by the driver's thread, or by calls alone. */
  public EndpointOptions withBackgroundProgress(boolean value) {
    var draft = new Draft(this);
    draft.backgroundProgress = value;
    return draft.options();
  }

  /** With another time that closing waits. */
  public EndpointOptions withLinger(Duration value) {
    var draft = new Draft(this);
    draft.linger = value;
    return draft.options();
  }

  /** With another time after which a silent partner is given up. */
  public EndpointOptions withRequestTimeout(Duration value) {
    var draft = new Draft(this);
    draft.requestTimeout = value;
    return draft.options();
  }

  /** With another limit of memory for unexpected messages. */
  public EndpointOptions withUnexpectedBytes(long value) {
    var draft = new Draft(this);
    draft.unexpectedBytes = value;
    return draft.options();
  }

  /** With another number of sends called complete before they are acknowledged. */
  public EndpointOptions withZombieSends(int value) {
    var draft = new Draft(this);
    draft.zombieSends = value;
    return draft.options();
  }

  /** With another way of waiting: looks on the processor, and polling before sleep. */
  public EndpointOptions withWait(int spins, Duration budget) {
    var draft = new Draft(this);
    draft.waitSpins = spins;
    draft.waitBudget = budget;
    return draft.options();
  }

  /** The components, to be changed one by one. */
  private static final class Draft {

    private WindowGeometry geometry;
    private int rendezvousThreshold;
    private long stagingBytes;
    private boolean shared;
    private boolean backgroundProgress;
    private Duration linger;
    private Duration requestTimeout;
    private long unexpectedBytes;
    private int zombieSends;
    private int waitSpins;
    private Duration waitBudget;

    Draft(EndpointOptions options) {
      geometry = options.geometry;
      rendezvousThreshold = options.rendezvousThreshold;
      stagingBytes = options.stagingBytes;
      shared = options.shared;
      backgroundProgress = options.backgroundProgress;
      linger = options.linger;
      requestTimeout = options.requestTimeout;
      unexpectedBytes = options.unexpectedBytes;
      zombieSends = options.zombieSends;
      waitSpins = options.waitSpins;
      waitBudget = options.waitBudget;
    }

    EndpointOptions options() {
      return new EndpointOptions(
          geometry,
          rendezvousThreshold,
          stagingBytes,
          shared,
          backgroundProgress,
          linger,
          requestTimeout,
          unexpectedBytes,
          zombieSends,
          waitSpins,
          waitBudget);
    }
  }
}
