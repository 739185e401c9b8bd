package io.myrixen.driver.bench.result;

/**
 * One implementation against another, in pairs: each pair is of one round and one placement.
 *
 * @param spread of the values of {@code implementation}, each divided by that of {@code to}
 */
public record Ratio(Implementation implementation, Implementation to, Point point, Spread spread) {

  /** For people. */
  public String label() {
    return implementation.label() + " / " + to.label();
  }

  /** How many times worse the implementation is by the median; of rates, the inverse ratio. */
  public double timesWorse() {
    return point.metric().lowerIsBetter() ? spread.median() : 1 / spread.median();
  }

  /** The same by the better end of the median's interval. */
  public double timesWorseAtBest() {
    return point.metric().lowerIsBetter() ? spread.low() : 1 / spread.high();
  }
}
