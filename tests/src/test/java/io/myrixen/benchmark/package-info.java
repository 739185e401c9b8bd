/**
 * Benchmarks of single components under JMH, one thread each: what a message costs in time and
 * garbage where nobody waits for anybody. Whole systems are measured by {@code myrixen bench}.
 */
@NullMarked
package io.myrixen.benchmark;

import org.jspecify.annotations.NullMarked;
