package io.myrixen.conformance.run;

/**
 * What came of one play.
 *
 * @param play what was tried
 * @param outcome what came of it
 * @param durationNs how long it took, in nanoseconds
 */
public record Result(Play play, Outcome outcome, long durationNs) {}
