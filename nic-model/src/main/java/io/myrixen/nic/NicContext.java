package io.myrixen.nic;

/**
 * Settings of a NIC, checked when built: no half-valid instance exists.
 *
 * @param maxBoards boards at once
 * @param endpointsPerBoard endpoint ids of a board are below it
 * @param maxEndpoints endpoints open at once, over all boards
 * @param batchLimit commands taken from one endpoint before the next has its turn
 * @param quantumBytes what one VM of weight 1 may spend in a duty cycle
 * @param pullChunkBytes bytes that a pull moves before something else has its turn
 * @param pullsPerEndpoint pulls that one endpoint may have in progress; the next waits in its queue
 * @param pullWindowBytes bytes that all pulls from peers together may have on their way
 * @param pullTimeoutMs how long a peer may be silent until pulls from it are given up
 * @param idleSpins looks in vain before the NIC's thread yields, where spinning pays
 */
public record NicContext(
    int maxBoards,
    int endpointsPerBoard,
    int maxEndpoints,
    int batchLimit,
    int quantumBytes,
    int pullChunkBytes,
    int pullsPerEndpoint,
    int pullWindowBytes,
    int pullTimeoutMs,
    int idleSpins) {

  /** Key of {@link #maxBoards}. */
  public static final String MAX_BOARDS_PROP_NAME = "myrixen.nic.max.boards";

  /** A board for each of the 250 VMs that a large host runs. */
  public static final int MAX_BOARDS_DEFAULT = 256;

  /** Key of {@link #endpointsPerBoard}. */
  public static final String ENDPOINTS_PER_BOARD_PROP_NAME = "myrixen.nic.endpoints.per.board";

  /** As many as Open-MX gives by default. */
  public static final int ENDPOINTS_PER_BOARD_DEFAULT = 32;

  /** Key of {@link #maxEndpoints}. */
  public static final String MAX_ENDPOINTS_PROP_NAME = "myrixen.nic.max.endpoints";

  /** Polling an idle window costs some ten nanoseconds: a thousand, ten microseconds a cycle. */
  public static final int MAX_ENDPOINTS_DEFAULT = 1024;

  /** Key of {@link #batchLimit}. */
  public static final String BATCH_LIMIT_PROP_NAME = "myrixen.nic.batch.limit";

  /** A quarter of the usual send queue, so that the VM gets credit back in four steps. */
  public static final int BATCH_LIMIT_DEFAULT = 64;

  /** Key of {@link #quantumBytes}. */
  public static final String QUANTUM_BYTES_PROP_NAME = "myrixen.nic.quantum.bytes";

  /** Some 250 tiny messages: 25 microseconds that a VM waits for each one that floods. */
  public static final int QUANTUM_BYTES_DEFAULT = 16 * 1024;

  /** Key of {@link #pullChunkBytes}. */
  public static final String PULL_CHUNK_BYTES_PROP_NAME = "myrixen.nic.pull.chunk.bytes";

  /** About ten microseconds of copying: long enough to hide the cost of a turn. */
  public static final int PULL_CHUNK_BYTES_DEFAULT = 64 * 1024;

  /** Key of {@link #pullsPerEndpoint}. */
  public static final String PULLS_PER_ENDPOINT_PROP_NAME = "myrixen.nic.pulls.per.endpoint";

  /** As many as the usual table of RDMA windows has entries. */
  public static final int PULLS_PER_ENDPOINT_DEFAULT = 64;

  /** Key of {@link #pullWindowBytes}. */
  public static final String PULL_WINDOW_BYTES_PROP_NAME = "myrixen.nic.pull.window.bytes";

  /**
   * Half of what a small switch holds for a port: whoever many peers send at once, it all fits, and
   * four times what 10 Gbit/s deliver in a round trip of 100 microseconds.
   */
  public static final int PULL_WINDOW_BYTES_DEFAULT = 512 * 1024;

  /** Key of {@link #pullTimeoutMs}. */
  public static final String PULL_TIMEOUT_PROP_NAME = "myrixen.nic.pull.timeout";

  /** As long as an endpoint waits for a partner; a NIC answers even while its VMs compute. */
  public static final int PULL_TIMEOUT_DEFAULT_MS = 60_000;

  /** Key of {@link #idleSpins}. */
  public static final String IDLE_SPINS_PROP_NAME = "myrixen.nic.idle.spins";

  /** Three microseconds: a VM on another core has answered by then, if it waits for us. */
  public static final int IDLE_SPINS_DEFAULT = 40;

  /** A run of any profile fits, so that a pull always gets on. */
  private static final int MIN_PULL_WINDOW_BYTES = 64 * 1024;

  /** An endpoint id travels in one byte. */
  private static final int ENDPOINT_IDS = 256;

  /** Checks every component. */
  public NicContext {
    check("maxBoards", maxBoards, 1 << 16);
    check("endpointsPerBoard", endpointsPerBoard, ENDPOINT_IDS);
    check("maxEndpoints", maxEndpoints, 1 << 12); // Who waits for whom is their square in bits.
    check("batchLimit", batchLimit, 1 << 14);
    check("quantumBytes", quantumBytes, 1 << 24);
    check("pullChunkBytes", pullChunkBytes, 1 << 24);
    check("pullsPerEndpoint", pullsPerEndpoint, 1 << 12);
    check("pullWindowBytes", pullWindowBytes, MIN_PULL_WINDOW_BYTES, 1 << 30);
    check("pullTimeoutMs", pullTimeoutMs, 1, Integer.MAX_VALUE);
    check("idleSpins", idleSpins, 1 << 20);
  }

  private static void check(String name, int value, int max) {
    check(name, value, 1, max);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(name, min, max, value));
    }
  }

  /** Returns the defaults, each overridden by its system property where one is set. */
  public static NicContext fromSystemProperties() {
    return new NicContext(
        Integer.getInteger(MAX_BOARDS_PROP_NAME, MAX_BOARDS_DEFAULT),
        Integer.getInteger(ENDPOINTS_PER_BOARD_PROP_NAME, ENDPOINTS_PER_BOARD_DEFAULT),
        Integer.getInteger(MAX_ENDPOINTS_PROP_NAME, MAX_ENDPOINTS_DEFAULT),
        Integer.getInteger(BATCH_LIMIT_PROP_NAME, BATCH_LIMIT_DEFAULT),
        Integer.getInteger(QUANTUM_BYTES_PROP_NAME, QUANTUM_BYTES_DEFAULT),
        Integer.getInteger(PULL_CHUNK_BYTES_PROP_NAME, PULL_CHUNK_BYTES_DEFAULT),
        Integer.getInteger(PULLS_PER_ENDPOINT_PROP_NAME, PULLS_PER_ENDPOINT_DEFAULT),
        Integer.getInteger(PULL_WINDOW_BYTES_PROP_NAME, PULL_WINDOW_BYTES_DEFAULT),
        Integer.getInteger(PULL_TIMEOUT_PROP_NAME, PULL_TIMEOUT_DEFAULT_MS),
        Integer.getInteger(IDLE_SPINS_PROP_NAME, IDLE_SPINS_DEFAULT));
  }
}
