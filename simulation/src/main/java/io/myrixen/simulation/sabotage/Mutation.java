package io.myrixen.simulation.sabotage;

/** What a planted defect makes of a method. */
public sealed interface Mutation {

  /** Leaves calls of {@code method} out; what they return is zero, false or null. */
  record SkipCalls(String method) implements Mutation {}

  /** Leaves everything out, and returns {@code value}: a number, or 0 and 1 for false and true. */
  record Return(int value) implements Mutation {}

  /** Writes nothing to field {@code field}. */
  record SkipWrites(String field) implements Mutation {}

  /** Takes {@code to} where {@code from} stands. */
  record Constant(int from, int to) implements Mutation {}

  /** Turns the {@code number}-th question, from 0 on, into its contrary. */
  record Negate(int number) implements Mutation {}
}
