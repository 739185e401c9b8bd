package io.myrixen.mx.window;

/** Why a NIC refused something. MXoE's numbers 1 to 4; the others never travel on a wire. */
public final class NackType {

  /** The endpoint id is out of range. */
  public static final int BAD_ENDPOINT = 1;

  /** The endpoint is not open. */
  public static final int ENDPOINT_CLOSED = 2;

  /** The endpoint has been opened anew since. */
  public static final int BAD_SESSION = 3;

  /**
   * The RDMA window is unknown, or its generation is another one, or it lies outside its region.
   */
  public static final int BAD_RDMA_WINDOW = 4;

  /** The pull was ended before all bytes were moved: one of the two endpoints went away. */
  public static final int ABORTED = 5;

  /** No NIC with that id can be reached from here. */
  public static final int NIC_UNREACHABLE = 6;

  private NackType() {}
}
