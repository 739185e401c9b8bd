package io.myrixen.conformance.subject;

/** The ways a message may take, which a user must not be able to tell apart. */
public enum Path {
  /** From an endpoint to itself. */
  SELF("self"),

  /** To another endpoint of the same board. */
  SAME_BOARD("same board"),

  /** To a board of another host at the same NIC. */
  SAME_NIC("same NIC"),

  /** To a board of another NIC. */
  OTHER_NIC("other NIC");

  private final String words;

  Path(String words) {
    this.words = words;
  }

  /** Its name in reports. */
  @Override
  public String toString() {
    return words;
  }
}
