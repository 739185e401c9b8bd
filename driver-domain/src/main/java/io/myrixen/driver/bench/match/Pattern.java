package io.myrixen.driver.bench.match;

import java.util.Locale;

/** What waits while one message is sent and received, and which of all receives takes it. */
public enum Pattern {
  /** An exact receive that was posted behind the others, all of them exact. */
  POSTED("exact receive behind N exact ones", true),
  /** Any one of N exact receives, which is posted anew. */
  POSTED_ANY("any one of N exact receives", true),
  /** A message that comes behind N unexpected ones and is received then. */
  UNEXPECTED("message behind N unexpected ones", true),
  /** An exact receive behind others that leave their source open, all in the same way. */
  WILDCARD("exact receive behind N from any source", false),
  /** An exact receive behind others that each leave other bits open, as MPI's cannot. */
  MASKS("exact receive behind N with a mask each", false);

  private final String title;
  private final boolean exact;

  Pattern(String title, boolean exact) {
    this.title = title;
    this.exact = exact;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** Whether all that waits is exact: then its number must not matter. */
  public boolean exact() {
    return exact;
  }

  /** For programs: {@code posted-any}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For machines: {@code match_posted_any_ns}. */
  public String metric() {
    return "match_" + name().toLowerCase(Locale.ROOT) + "_ns";
  }
}
