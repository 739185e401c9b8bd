package io.myrixen.driver.bench.result;

/**
 * Whether a bar holds.
 *
 * @param bar what is to be
 * @param detail what is
 */
public record Verdict(String bar, boolean holds, String detail) {}
