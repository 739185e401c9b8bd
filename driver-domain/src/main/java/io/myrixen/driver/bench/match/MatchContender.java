package io.myrixen.driver.bench.match;

/** A library that sends messages to itself and receives them while others wait. */
interface MatchContender extends AutoCloseable {

  /** Send-receives between two looks at the clock, which costs a tenth of one. */
  int BATCH = 64;

  /** Payload of each message: the smallest class, so that matching shows. */
  int MESSAGE_BYTES = 8;

  /** Its name, for machines and people. */
  String label();

  /** Whether it has receives of that kind. */
  boolean knows(Pattern pattern);

  /**
   * Makes {@code depth} others wait, sends and receives for {@code budgetNs}, and clears up.
   *
   * @return nanoseconds that one send-receive took, by the median batch
   */
  double measure(Pattern pattern, int depth, long budgetNs) throws InterruptedException;

  @Override
  void close();
}
