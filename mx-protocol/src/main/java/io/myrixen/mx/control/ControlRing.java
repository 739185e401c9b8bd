package io.myrixen.mx.control;

/** The numbers that both ends of a control ring agree on. */
public final class ControlRing {

  /** Oldest version of this package's layout that this build speaks. */
  public static final int VERSION_MIN = 1;

  /** Newest version of this package's layout that this build speaks. */
  public static final int VERSION_MAX = 1;

  /**
   * Length of a request and of a response, in bytes. One page of ring holds 16 of them: more than a
   * VM has in flight, since it opens and registers rarely.
   */
  public static final int ENTRY_BYTES = 128;

  /** Endpoints of a board: an id travels in one byte of MXoE's packets. */
  public static final int MAX_ENDPOINTS = 256;

  /** A host name as MX has it: 80 bytes with the terminating zero. */
  public static final int HOSTNAME_BYTES = 80;

  /**
   * Pages of runs that one request may name: 2,048 runs, enough for 8 MiB even where no two
   * references follow each other, and quickly judged.
   */
  public static final int MAX_INDIRECT_PAGES = 4;

  /**
   * Pages that one window or region may have: 4 GiB, what 32 bits of message length can address.
   */
  public static final int MAX_PAGES = 1 << 20;

  private ControlRing() {}
}
