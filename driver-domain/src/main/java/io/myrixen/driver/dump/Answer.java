package io.myrixen.driver.dump;

import java.util.List;

/** What came of a question to a VM's library. */
sealed interface Answer {

  /** The library told. */
  record Told(List<DumpLine> lines) implements Answer {

    /** Copies the lines. */
    public Told {
      lines = List.copyOf(lines);
    }
  }

  /**
   * It did not.
   *
   * @param why in words
   */
  record Untold(String why) implements Answer {}
}
