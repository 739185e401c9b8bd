package io.myrixen.mx.control;

/**
 * Store nodes by which the toolstack asks a frontend what the library does with one endpoint. They
 * lie below the device's frontend directory; the toolstack makes and removes {@link #DIRECTORY}.
 *
 * <pre>
 *   dump/request    toolstack: "ID ENDPOINT", decimal both; the ID tells askers apart
 *   dump/part-0 ... frontend: the answer's text, in pieces
 *   dump/answer     frontend, last: "ID PARTS", PARTS 0 if the endpoint is not open, -1 if its
 *                   library was too busy to be looked at
 * </pre>
 *
 * <p>The frontend writes an answer in one transaction, and only if the request is still there, so
 * that nothing is left when the asker has gone.
 */
public final class DumpKeys {

  /** All of it. */
  public static final String DIRECTORY = "dump";

  /** The question. */
  public static final String REQUEST = DIRECTORY + "/request";

  /** The answer's head. */
  public static final String ANSWER = DIRECTORY + "/answer";

  /** A piece of the answer's text, by its number from 0. */
  public static final String PART_PREFIX = DIRECTORY + "/part-";

  /**
   * Characters in one piece: a node holds 2,048 bytes with its path's and permissions' share
   * (xenstored's quota).
   */
  public static final int PART_CHARS = 1_536;

  /** Pieces that hold the longest answer. */
  public static final int MOST_PARTS = 12;

  /** Pieces of an answer that says that the library was too busy. */
  public static final int BUSY = -1;

  private DumpKeys() {}
}
