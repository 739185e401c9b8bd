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

  /** Key of {@link #idleSpins}. */
  public static final String IDLE_SPINS_PROP_NAME = "myrixen.nic.idle.spins";

  /** Three microseconds: a VM on another core has answered by then, if it waits for us. */
  public static final int IDLE_SPINS_DEFAULT = 40;

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
    check("idleSpins", idleSpins, 1 << 20);
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s must be 1 to %d: %d".formatted(name, max, value));
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
        Integer.getInteger(IDLE_SPINS_PROP_NAME, IDLE_SPINS_DEFAULT));
  }
}
