package io.myrixen.mx;

import io.myrixen.mx.match.ContextIds;
import io.myrixen.mx.window.WindowGeometry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
 *     they are refused and sent again. Beside it come 128 bytes for each message that a receive is
 *     being filled from, each one to the endpoint itself, and each notice that a large send has
 *     ended and came early; and the longest eager message is taken when there is no other
 * @param zombieSends eager sends that may have been called complete without being acknowledged
 * @param contextIds which bits of match infos name a context, each of which has queues of its own:
 *     MX's parameter {@code CONTEXT_ID}
 * @param errorHandler who is told of requests that did not end with success; null: whoever {@link
 *     Mx#errorHandler()} gives at that time
 * @param waitSpins looks in vain before a waiting thread yields, where spinning pays
 * @param waitBudget how long a waiting thread polls before it sleeps
 * @param frameLifetime how long a network may keep a frame before it delivers or loses it: for so
 *     long a sequence number is not used again. MX has 2^14 numbers, so that one partner behind a
 *     wire is sent at most about 14,500 messages within it
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
    ContextIds contextIds,
    @Nullable ErrorHandler errorHandler,
    int waitSpins,
    Duration waitBudget,
    Duration frameLifetime) {

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

  /** Bits and lowest bit, such as {@code 4,60}; see {@code contextIds}. */
  public static final String CONTEXT_ID_PROP_NAME = "myrixen.mx.context.id";

  /** Count; see {@code waitSpins}. */
  public static final String WAIT_SPINS_PROP_NAME = "myrixen.mx.wait.spins";

  /** Microseconds; see {@code waitBudget}. */
  public static final String WAIT_BUDGET_PROP_NAME = "myrixen.mx.wait.budget";

  /** Microseconds; see {@code frameLifetime}. */
  public static final String FRAME_LIFETIME_PROP_NAME = "myrixen.mx.frame.lifetime";

  static final int MEDIUM_MAX = 32_768;

  /** 4 MiB: sixteen messages at once, with rings of 256 KiB. */
  static final long STAGING_BYTES_DEFAULT = 4L << 20;

  static final int LINGER_DEFAULT_MS = 5_000;
  static final int REQUEST_TIMEOUT_DEFAULT_MS = 60_000;

  /** MX's pace of resending, by which it counts time in retries. */
  private static final int RETRY_MS = 500;

  /** 64 MiB: two thousand messages of the longest eager kind. */
  static final long UNEXPECTED_BYTES_DEFAULT = 64L << 20;

  /** MX's own number. */
  static final int ZOMBIE_SENDS_DEFAULT = 512;

  /** Three microseconds: the NIC and a VM on another core have answered by then. */
  static final int WAIT_SPINS_DEFAULT = 40;

  /** 200 microseconds: a few sleeps' worth, so that who answers soon is not slept on. */
  static final int WAIT_BUDGET_DEFAULT_US = 200;

  /** 4 ms: a frame meets four switches, each with a queue of 1 MiB that it empties at 10 Gbit/s. */
  static final int FRAME_LIFETIME_DEFAULT_US = 4_000;

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
    check("frameLifetime", frameLifetime.toNanos(), 0, Duration.ofMinutes(1).toNanos());
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new MxException(
          ReturnCode.BAD_PARAM_VAL, "%s must be %d to %d: %d".formatted(name, min, max, value));
    }
  }

  /**
   * Returns the defaults, overridden by the environment variables of MX and Open-MX that concern
   * endpoints ({@code docs/configuration.md} lists them), and these by system properties.
   *
   * @throws MxException {@code BAD_PARAM_VAL} naming the one whose value is no good
   */
  public static EndpointOptions fromEnvironment() {
    return from(Environment.ofProcess());
  }

  static EndpointOptions from(Environment around) {
    boolean background = !around.flag(false, null, "MX_MONOTHREAD");
    long retries = around.number(0, null, "OMX_RESENDS_MAX", "MX_MAX_RETRIES");
    long timeoutMs = retries == 0 ? REQUEST_TIMEOUT_DEFAULT_MS : retries * RETRY_MS;
    boolean spin = around.flag(false, null, "OMX_WAITSPIN");
    long budgetUs = spin ? TimeUnit.MINUTES.toMicros(1) : WAIT_BUDGET_DEFAULT_US;
    return new EndpointOptions(
        WindowGeometry.DEFAULT,
        (int) around.number(MEDIUM_MAX, RENDEZVOUS_THRESHOLD_PROP_NAME, "OMX_RNDV_THRESHOLD"),
        around.number(STAGING_BYTES_DEFAULT, STAGING_BYTES_PROP_NAME),
        around.flag(false, SHARED_PROP_NAME),
        around.flag(background, BACKGROUND_PROP_NAME),
        Duration.ofMillis(around.number(LINGER_DEFAULT_MS, LINGER_PROP_NAME)),
        Duration.ofMillis(around.number(timeoutMs, REQUEST_TIMEOUT_PROP_NAME)),
        around.number(UNEXPECTED_BYTES_DEFAULT, UNEXPECTED_BYTES_PROP_NAME),
        (int)
            around.number(
                ZOMBIE_SENDS_DEFAULT, ZOMBIE_SENDS_PROP_NAME, "OMX_ZOMBIE_SEND", "MX_ZOMBIE_SEND"),
        around.contextIds(CONTEXT_ID_PROP_NAME, "OMX_CTXIDS"),
        null,
        (int) around.number(WAIT_SPINS_DEFAULT, WAIT_SPINS_PROP_NAME),
        Duration.ofNanos(1_000 * around.number(budgetUs, WAIT_BUDGET_PROP_NAME)),
        Duration.ofNanos(
            1_000 * around.number(FRAME_LIFETIME_DEFAULT_US, FRAME_LIFETIME_PROP_NAME)));
  }

  /** With other sizes of the window's parts. */
  public EndpointOptions withGeometry(WindowGeometry value) {
    var draft = new Draft(this);
    draft.geometry = value;
    return draft.options();
  }

  /** With the smallest window there is: for many endpoints where pages to grant are few. */
  public EndpointOptions withSmallestGeometry() {
    return withGeometry(WindowGeometry.SMALLEST);
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

  /**
   * With queues of their own for messages and requests whose match infos differ in {@code bits}
   * bits from bit {@code shift} on; receives then have to name them all.
   *
   * @param bits 0 to 16; 0 switches contexts off
   * @throws MxException {@code BAD_PARAM_VAL} if there are no such bits
   */
  public EndpointOptions withContextId(int bits, int shift) {
    check("bits of the context id", bits, 0, ContextIds.MAX_BITS);
    check("lowest bit of the context id", shift, 0, Long.SIZE - bits);
    var draft = new Draft(this);
    draft.contextIds = new ContextIds(bits, shift);
    return draft.options();
  }

  /** With an error handler of its own. */
  public EndpointOptions withErrorHandler(ErrorHandler value) {
    var draft = new Draft(this);
    draft.errorHandler = value;
    return draft.options();
  }

  /** With another way of waiting: looks on the processor, and polling before sleep. */
  public EndpointOptions withWait(int spins, Duration budget) {
    var draft = new Draft(this);
    draft.waitSpins = spins;
    draft.waitBudget = budget;
    return draft.options();
  }

  /** With another assumption how long a network keeps a frame. */
  public EndpointOptions withFrameLifetime(Duration value) {
    var draft = new Draft(this);
    draft.frameLifetime = value;
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
    private ContextIds contextIds;
    private @Nullable ErrorHandler errorHandler;
    private int waitSpins;
    private Duration waitBudget;
    private Duration frameLifetime;

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
      contextIds = options.contextIds;
      errorHandler = options.errorHandler;
      waitSpins = options.waitSpins;
      waitBudget = options.waitBudget;
      frameLifetime = options.frameLifetime;
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
          contextIds,
          errorHandler,
          waitSpins,
          waitBudget,
          frameLifetime);
    }
  }
}
