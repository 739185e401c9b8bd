package io.myrixen.driver.bench.result;

/**
 * What one implementation did at one point while the processors were at one placement.
 *
 * @param spread over the rounds of that placement
 * @param calibrationNs median over the same rounds
 */
public record Row(
    Implementation implementation,
    Point point,
    Placement placement,
    Spread spread,
    long calibrationNs) {}
